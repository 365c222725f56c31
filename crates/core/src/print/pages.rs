//! Where the pages break. Pure arithmetic over measured heights.

/// Something that is never cut: a row of a grid, a line of a table, a heading.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Piece {
    /// Height in any unit, the same for all.
    pub height: f64,
    /// It must not be the last thing on a page: headings.
    pub stay_with_next: bool,
    /// Index of the piece that is repeated above it when it begins a page: the heading of its table.
    pub repeat: Option<usize>,
}

/// The pieces of each page, by index; a repeated heading appears on each page that needs it. A piece higher than a
/// page gets a page of its own.
pub fn paginate(pieces: &[Piece], page: f64) -> Vec<Vec<usize>> {
    let mut pages: Vec<Vec<usize>> = Vec::new();
    let mut current: Vec<usize> = Vec::new();
    let mut used = 0.0;
    let mut next = 0;
    while next < pieces.len() {
        // A heading moves together with what it introduces.
        let mut end = next;
        while pieces[end].stay_with_next && end + 1 < pieces.len() {
            end += 1;
        }
        let group = next..=end;
        let height: f64 = pieces[group.clone()].iter().map(|piece| piece.height).sum();
        if !current.is_empty() && used + height > page {
            pages.push(std::mem::take(&mut current));
            used = 0.0;
        }
        if current.is_empty() {
            let heading = pieces[next].repeat.filter(|heading| *heading < next);
            if let Some(heading) = heading {
                used += pieces[heading].height;
                current.push(heading);
            }
        }
        used += height;
        current.extend(group);
        next = end + 1;
    }
    if !current.is_empty() || pages.is_empty() {
        pages.push(current);
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(height: f64) -> Piece {
        Piece { height, ..Piece::default() }
    }

    #[test]
    fn a_form_without_pieces_is_one_page() {
        assert_eq!(paginate(&[], 100.0), vec![Vec::<usize>::new()]);
    }

    #[test]
    fn pieces_are_never_cut() {
        let pieces = [line(60.0), line(60.0), line(30.0), line(500.0), line(10.0)];
        assert_eq!(paginate(&pieces, 100.0), vec![vec![0], vec![1, 2], vec![3], vec![4]]);
    }

    #[test]
    fn a_heading_does_not_end_a_page() {
        let heading = Piece { height: 20.0, stay_with_next: true, repeat: None };
        assert_eq!(paginate(&[line(70.0), heading, line(20.0)], 100.0), vec![vec![0], vec![1, 2]]);
    }

    #[test]
    fn a_table_repeats_its_heading_on_every_page() {
        let mut pieces = vec![Piece { height: 10.0, stay_with_next: true, repeat: None }];
        pieces.extend((0..5).map(|_| Piece { height: 30.0, stay_with_next: false, repeat: Some(0) }));
        assert_eq!(paginate(&pieces, 75.0), vec![vec![0, 1, 2], vec![0, 3, 4], vec![0, 5]]);
    }
}
