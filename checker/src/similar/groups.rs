//! Pairs to groups: where three hand in one program, that is three pairs and one group.

/// The groups of more than two that `pairs` make of the places below `count`: whoever is in a pair with one of a
/// group is in it. Members ascending, groups in the order of their first members.
pub(super) fn groups(count: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..count).collect();
    for (one, other) in pairs {
        let (one, other) = (lead(&mut leader, one), lead(&mut leader, other));
        leader[one.max(other)] = one.min(other);
    }
    let mut groups = vec![Vec::new(); count];
    for member in 0..count {
        groups[lead(&mut leader, member)].push(member);
    }
    groups.retain(|group| group.len() > 2);
    groups
}

/// The first of the group of `member`.
fn lead(leader: &mut [usize], mut member: usize) -> usize {
    while leader[member] != member {
        leader[member] = leader[leader[member]];
        member = leader[member];
    }
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_hang_together_are_a_group() {
        assert_eq!(groups(8, [(6, 7), (1, 5), (0, 3), (3, 5)]), [vec![0, 1, 3, 5]]);
        assert_eq!(groups(8, [(2, 4), (4, 6), (1, 3), (3, 7)]), [vec![1, 3, 7], vec![2, 4, 6]]);
        assert!(groups(0, []).is_empty());
    }
}
