//! Several programs built at once, before each is asked for.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::boxed::client;
use super::builder::{Builder, Unit, unwritable};
use super::compiler::{Recipe, Setting, Words};
use super::modules;
use super::source::{self, Digest};
use super::together::{self, Member};

/// See [`Builder::kind`].
pub type Kind = (String, String, PathBuf, Option<Digest>);

impl Builder {
    /// What programs must have in common to be built together: package, name, main file and library. None where
    /// one has to be built alone, or its sources can't be read.
    pub fn kind(&self, recipe: &Recipe) -> Option<Kind> {
        let text = fs::read_to_string(recipe.folder.join(&recipe.main)).ok()?;
        let src = recipe.folder.join("src");
        if self.boxed || !modules::is_suited(&text) || source::foreign(&src).is_some() {
            return None;
        }
        let library = recipe.has_library().then(|| source::of_library(&src)).transpose().ok()?;
        Some((recipe.package.clone(), recipe.program.clone(), recipe.main.clone(), library))
    }

    /// Builds programs of one kind in one compilation, as far as that succeeds; [`Builder::build`] finds them
    /// then. Of those that it does not succeed for nothing is said: they can still be built alone.
    pub fn build_together(&self, recipes: &[Recipe]) {
        // Trouble shows again, and is told, where each is built.
        drop(self.try_together(recipes));
    }

    fn try_together(&self, recipes: &[Recipe]) -> Result<(), String> {
        let trouble = |error: io::Error| unwritable(&self.incremental, &error);
        let mut open: BTreeMap<Digest, Member> = BTreeMap::new();
        for recipe in recipes {
            let text = fs::read_to_string(recipe.folder.join(&recipe.main)).map_err(trouble)?;
            let digest = self.digest(recipe).map_err(trouble)?;
            if self.cache.find(&digest).is_none() {
                open.insert(digest, Member { recipe, text });
            }
        }
        let (digests, members): (Vec<Digest>, Vec<Member>) = open.into_iter().unzip();
        let [first, _, ..] = &members[..] else { return Ok(()) };
        let library = first.recipe.has_library().then(|| self.library(first.recipe)).transpose()?;
        let library = match &library {
            Some(Unit::Failed(_)) => return Ok(()),
            Some(Unit::Made { file, .. }) => Some(file.as_path()),
            None => None,
        };
        let workplace = self.cache.workplace(None).map_err(trouble)?;
        let words = Words { color: false, ..self.words };
        let (toolchain, budget, started) = (&self.toolchain, self.budget, &self.under_way);
        let out = workplace.path();
        let setting = Setting { toolchain, words, out, incremental: None, budget, started, resting: None };
        let made = together::compile(&members, &setting, library).map_err(trouble)?;
        for ((digest, member), binary) in digests.iter().zip(&members).zip(made) {
            // Saved meanwhile: what came out is made from something else.
            let holds = self.digest(member.recipe).is_ok_and(|after| after == *digest);
            if let Some(binary) = binary.filter(|_| holds) {
                self.cache.insert(digest, &binary, "").map_err(trouble)?;
            }
        }
        Ok(())
    }

    /// Builds the programs of one submission in one box, as far as that succeeds; [`Builder::build`] finds them
    /// then. Does nothing where strangers' programs are compiled without a box.
    pub fn build_submission(&self, recipes: &[Recipe]) {
        if self.boxed {
            // As above.
            drop(self.try_submission(recipes));
        }
    }

    /// The binary that was made of this before: alone, or with others of the same submission.
    pub(super) fn known(&self, recipe: &Recipe, digest: &Digest) -> Option<(PathBuf, String)> {
        let with_others = self.boxed.then(|| self.cache.find(&with_others(recipe, digest)));
        with_others.flatten().or_else(|| self.cache.find(digest))
    }

    /// Drops what nobody else is given, when the submission is done with; its sources are still there.
    pub fn forget_submission(&self, recipes: &[Recipe]) {
        for recipe in recipes.iter().filter(|_| self.boxed) {
            if let Some(digest) = self.digest_of_own(recipe) {
                self.cache.remove(&with_others(recipe, &digest));
            }
        }
    }

    /// None where there is something in the sources that is not followed.
    fn digest_of_own(&self, recipe: &Recipe) -> Option<Digest> {
        let src = recipe.folder.join("src");
        let foreign = src.is_symlink() || source::foreign(&src).is_some();
        (!foreign).then(|| self.digest(recipe).ok()).flatten()
    }

    fn try_submission(&self, recipes: &[Recipe]) -> Result<(), String> {
        let trouble = |error: io::Error| unwritable(&self.incremental, &error);
        let mut open: Vec<(Digest, &Recipe)> = Vec::new();
        for recipe in recipes {
            let Some(digest) = self.digest_of_own(recipe) else { continue };
            if self.known(recipe, &digest).is_none() {
                open.push((digest, recipe));
            }
        }
        let (digests, members): (Vec<Digest>, Vec<&Recipe>) = open.into_iter().unzip();
        if members.len() < 2 {
            return Ok(());
        }
        let workplace = self.cache.workplace(None).map_err(trouble)?;
        let words = Words { color: false, ..self.words };
        let (toolchain, budget, started) = (&self.toolchain, self.budget, &self.under_way);
        let out = workplace.path();
        let setting = Setting { toolchain, words, out, incremental: None, budget, started, resting: None };
        for (member, binary) in client::compile_together(&members, &setting)? {
            if self.digest(members[member]).is_ok_and(|after| after == digests[member]) {
                let name = with_others(members[member], &digests[member]);
                self.cache.insert(&name, &binary, "").map_err(trouble)?;
            }
        }
        Ok(())
    }
}

/// What is in such a binary beside the program is of the same submission: no other one is given it, though it
/// may have the same program.
fn with_others(recipe: &Recipe, digest: &Digest) -> Digest {
    source::digest_of(&[digest.as_bytes(), b"with others", recipe.root.as_os_str().as_encoded_bytes()])
}
