//! A list of what is expected, each to come once.

/// Takes each of a sorted list once.
#[derive(Debug)]
pub(super) struct Once<T> {
    list: Vec<T>,
    taken: Vec<bool>,
}

impl<T> Once<T> {
    pub fn new(list: Vec<T>) -> Once<T> {
        let taken = vec![false; list.len()];
        Once { list, taken }
    }

    /// The one with this key, unless it is not there or was taken before.
    pub fn take(&mut self, key: &str, key_of: impl Fn(&T) -> &str) -> Option<&T> {
        let at = self.list.binary_search_by(|one| key_of(one).cmp(key)).ok()?;
        if std::mem::replace(&mut self.taken[at], true) { None } else { Some(&self.list[at]) }
    }

    /// Those that were not taken.
    pub fn left(&self) -> impl Iterator<Item = &T> {
        self.list.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(one, _)| one)
    }
}
