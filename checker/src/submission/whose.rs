//! Which student a submission belongs to: by key, by id, by address, and by exact name if only one has it.

use std::collections::{HashMap, HashSet};

use super::draft::Draft;
use super::found::Joined;
use super::roster::{Member, Roster};

/// Columns of a roster beside `id` in which an id may stand.
const ALSO_IDS: [&str; 4] = ["SIS Login ID", "SIS User ID", "ID number", "Username"];

/// Equal for two submissions of one student.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    /// The number of a row of the roster.
    Member(usize),
    Key(String),
    Id(String),
    Email(String),
    Name(String),
    /// Cannot be told from another of the same name: nobody's but its own. The draft's number.
    Own(usize),
}

/// The roster, by everything that a submission may tell, and the names that are not enough.
#[derive(Debug, Default)]
pub(super) struct Whom<'r> {
    members: &'r [Member],
    has_roster: bool,
    keys: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    emails: HashMap<String, usize>,
    /// All rows of that name.
    names: HashMap<String, Vec<usize>>,
    /// Names that submissions of different ids or addresses have.
    shared: HashSet<String>,
}

impl<'r> Whom<'r> {
    pub fn new(drafts: &[Draft], roster: Option<&'r Roster>) -> Self {
        let members = roster.map(|roster| &roster.members[..]).unwrap_or_default();
        let mut whom = Whom { members, has_roster: roster.is_some(), ..Whom::default() };
        for (number, member) in members.iter().enumerate() {
            let student = &member.student;
            whom.keys.entry(student.key.clone()).or_insert(number);
            let also = ALSO_IDS.iter().filter_map(|column| student.more.get(*column));
            for id in student.id.iter().chain(also) {
                whom.ids.entry(id.clone()).or_insert(number);
            }
            if let Some(email) = &student.email {
                whom.emails.entry(email.to_lowercase()).or_insert(number);
            }
            if let Some(name) = &student.name {
                whom.names.entry(name.clone()).or_default().push(number);
            }
        }
        let mut first: HashMap<&str, (&Option<String>, &Option<String>)> = HashMap::new();
        for draft in drafts {
            let Some(name) = &draft.told.name else { continue };
            let own = (&draft.told.id, &draft.told.email);
            if *first.entry(name).or_insert(own) != own {
                whom.shared.insert(name.clone());
            }
        }
        whom
    }

    pub fn member(&self, number: usize) -> Option<&'r Member> {
        self.members.get(number)
    }

    /// Whose the submission `draft`, the one of that `number`, is.
    pub fn whose(&self, number: usize, draft: &Draft) -> (Whose, Joined) {
        if let Some((member, joined)) = self.joined(draft) {
            return (Whose::Member(member), joined);
        }
        let not = if self.has_roster { Joined::No } else { Joined::NoRoster };
        let told = &draft.told;
        let whose = if let Some(key) = &told.key {
            Whose::Key(key.clone())
        } else if let Some(id) = &told.id {
            Whose::Id(id.clone())
        } else if let Some(email) = &told.email {
            Whose::Email(email.to_lowercase())
        } else {
            let name = told.name.as_ref().unwrap_or(&draft.label);
            if self.is_ambiguous(name) { Whose::Own(number) } else { Whose::Name(name.clone()) }
        };
        (whose, not)
    }

    fn joined(&self, draft: &Draft) -> Option<(usize, Joined)> {
        let told = &draft.told;
        let by = |map: &HashMap<String, usize>, value: &str, joined| map.get(value).map(|at| (*at, joined));
        let tells = told.key.is_some() || told.id.is_some() || told.email.is_some() || told.name.is_some();
        // A folder's name may be any of them.
        let label = (!tells).then_some(draft.label.as_str());
        let key = told.key.as_deref().or(label).and_then(|key| by(&self.keys, key, Joined::ByKey));
        let id = || told.id.as_deref().or(label).and_then(|id| by(&self.ids, id, Joined::ById));
        let email = || {
            told.email
                .as_deref()
                .or(label)
                .and_then(|email| by(&self.emails, &email.to_lowercase(), Joined::ByEmail))
        };
        let name = || told.name.as_deref().or(label).and_then(|name| self.by_name(name));
        // A key that a roster made of a name is a name: it is unique only if the name is.
        let key = key.filter(|(at, _)| {
            self.members[*at].student.name.as_deref() != Some(&self.members[*at].student.key)
        });
        key.or_else(id).or_else(email).or_else(name)
    }

    fn by_name(&self, name: &str) -> Option<(usize, Joined)> {
        match self.names.get(name).map(Vec::as_slice) {
            Some([only]) if !self.shared.contains(name) => Some((*only, Joined::ByName)),
            _ => None,
        }
    }

    fn is_ambiguous(&self, name: &str) -> bool {
        self.shared.contains(name) || self.names.get(name).is_some_and(|rows| rows.len() > 1)
    }

    /// What the instructor should know of how `draft` was joined.
    pub fn note(&self, draft: &Draft, joined: Joined) -> Option<String> {
        let name = draft.told.name.as_ref().unwrap_or(&draft.label);
        let unsure = self.names.contains_key(name) && self.is_ambiguous(name);
        (joined == Joined::No).then(|| match unsure {
            true => {
                format!(
                    "more than one student is called {}: tell them apart by id or email",
                    name.escape_debug()
                )
            }
            false => "not on the roster".to_owned(),
        })
    }
}
