//! Filling a map or a set one by one. `collect` sorts first, with a copy of the sort for every type: 100 KB of it.

/// The items as a collection.
pub(crate) fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}
