//! Files that are larger than the memory: written and read piece by piece, wherever the pieces end.

use super::bundle::{export_all, exported, full_visit, stores};
use super::cases;
use super::device::{Phone, history, picture, union};
use super::procedure::pin;
use proptest::prelude::*;
use sitebook_core::exchange::{Event, ExportError, ImportError, Incoming, Part, Reader, Writer, limits, read, view};
use sitebook_core::ledger::{Attachment, Change, Record, hex, sha256};
use sitebook_core::value::Value;
use std::sync::LazyLock;

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| export_all(&full_visit().ops).bytes);

type Outcome = Result<(Incoming, Vec<Event>), ImportError>;

/// Reads in pieces that end at these places.
fn in_pieces(bytes: &[u8], cuts: &[usize]) -> Outcome {
    let (mut reader, mut events, mut from) = (Reader::new(), Vec::new(), 0);
    for to in cuts.iter().copied().chain([bytes.len()]) {
        events.extend(reader.push(&bytes[from..to])?);
        from = to;
    }
    reader.finish().map(|incoming| (incoming, events))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn wherever_the_pieces_end_the_result_is_the_same(
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
        flip in proptest::option::of((any::<prop::sample::Index>(), 1..=255u8)),
        length in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = FILE.clone();
        if let Some((place, mask)) = flip {
            let place = place.index(bytes.len());
            bytes[place] ^= mask;
        }
        bytes.truncate(length.map_or(bytes.len(), |length| length.index(bytes.len() + 1)));
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.sort_unstable();
        prop_assert_eq!(in_pieces(&bytes, &cuts), in_pieces(&bytes, &[]));
    }
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn one_byte_at_a_time_is_as_good_as_all_at_once(phones in history(12)) {
        let bytes = export_all(&union(&phones)).bytes;
        let every: Vec<usize> = (0..bytes.len()).collect();
        prop_assert_eq!(in_pieces(&bytes, &every), in_pieces(&bytes, &[]));
    }
}

#[test]
fn a_cut_at_every_single_place_changes_nothing() {
    let mut phone = Phone::new(1);
    phone.set("a.b.c", Value::Text("\u{1F477} \"\\\n é".into()));
    let bytes = [b"\xef\xbb\xbf".as_slice(), &export_all(&phone.ops).bytes].concat();
    let whole = in_pieces(&bytes, &[]);
    assert!(whole.is_ok());
    for cut in 0..=bytes.len() {
        assert_eq!(in_pieces(&bytes, &[cut]), whole, "cut at {cut}");
    }
}

#[test]
fn what_a_truncated_file_lacks_is_said_with_its_line() {
    for length in 0..FILE.trim_ascii_end().len() {
        match in_pieces(&FILE[..length], &[length / 2]) {
            Err(ImportError::Empty) => assert_eq!(length, 0),
            Err(ImportError::Truncated { line }) => {
                let lines = FILE[..length].iter().filter(|byte| **byte == b'\n').count() + 1;
                assert_eq!(line, lines, "cut at {length}");
            }
            other => panic!("cut at {length}: {:?}", other.map(|_| ())),
        }
    }
}

#[test]
fn a_file_written_piece_by_piece_is_the_one_that_is_exported_at_once() {
    let visit = full_visit();
    let (templates, bytes) = stores();
    let mut ops = visit.ops.clone();
    ops.sort_by(|a, b| (a.op.hlc, &a.op.id).cmp(&(b.op.hlc, &b.op.id)));
    let (mut writer, mut file) = Writer::begin(&exported(), &[]).unwrap();
    ops.iter().for_each(|op| file.extend(writer.op(op).unwrap()));
    let mut pictures = [1, 2, 3].map(|n| picture(n).0);
    pictures.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    pictures.iter().for_each(|picture| file.extend(writer.picture(picture, &bytes[&picture.sha256]).unwrap()));
    file.extend(writer.record(&view(&visit.record)).unwrap());
    templates.iter().for_each(|(digest, json)| file.extend(writer.template(digest, json).unwrap()));
    let (end, digest) = writer.close().unwrap();
    file.extend(end);
    file.extend(writer.finish(None).unwrap());
    assert_eq!(String::from_utf8(file).unwrap(), String::from_utf8(FILE.clone()).unwrap());
    assert_eq!(read(&FILE).unwrap().digest, digest);
}

#[test]
fn parts_in_another_order_and_damaged_parts_are_not_written() {
    let visit = full_visit();
    let (attachment, bytes) = picture(1);
    let begin = || Writer::begin(&exported(), &[]).unwrap().0;
    let mut writer = begin();
    writer.picture(&attachment, &bytes).unwrap();
    assert_eq!(writer.op(&visit.ops[0]), Err(ExportError::Order));
    writer.record(&view(&visit.record)).unwrap();
    assert_eq!(writer.picture(&attachment, &bytes), Err(ExportError::Order));
    writer.close().unwrap();
    assert_eq!(writer.record(&view(&visit.record)), Err(ExportError::Order));
    assert_eq!(writer.close(), Err(ExportError::Order));
    assert_eq!(begin().finish(None), Err(ExportError::Order));

    let mut damaged = visit.ops[0].clone();
    damaged.op.actor.push('x');
    assert!(matches!(begin().op(&damaged), Err(ExportError::Unreadable(ImportError::Chain(_)))));
    assert!(matches!(begin().picture(&attachment, &bytes[1..]), Err(ExportError::Unreadable(_))));
    let (_, reference, json) = pin(&super::procedure::procedure_json());
    let other = json.replace("Test visit", "Toast visit");
    assert!(matches!(begin().template(&reference.digest, &other), Err(ExportError::Unreadable(_))));
    assert!(Writer::begin(&exported(), &["../x".to_owned()]).is_err());
    let big = Attachment { size: Attachment::MAX_SIZE + 1, ..attachment };
    assert!(begin().picture(&big, &vec![0; 13 << 20]).is_err());
}

#[test]
fn the_first_pass_knows_every_picture_and_the_second_brings_them() {
    let mut reader = Reader::new();
    let mut names = Vec::new();
    for piece in FILE.chunks(1000) {
        for event in reader.push(piece).unwrap() {
            if let Event::Picture(picture) = event {
                assert_eq!(hex(&sha256(&picture.bytes)), picture.attachment.sha256);
                names.push(picture.attachment);
            }
        }
    }
    assert_eq!(reader.seen(), FILE.len() as u64);
    assert_eq!(reader.finish().unwrap().pictures, names);
    assert_eq!(names.len(), 3);
}

/// A photo of this many bytes, told apart by its number.
fn photo(number: u8, size: usize) -> (Attachment, Vec<u8>) {
    let mut bytes = vec![number; size];
    bytes[..8].copy_from_slice(b"\x89PNG\r\n\x1a\n");
    let sha256 = hex(&sha256(&bytes));
    (Attachment { sha256, mime: "image/png".into(), size: size as u64, width: 4, height: 3 }, bytes)
}

/// 300 MB go from a writer into a reader in pieces of a megabyte; nobody holds more than one photo.
#[test]
fn a_file_larger_than_the_memory_passes_by() {
    const PHOTOS: u8 = 24;
    const SIZE: usize = 12 << 20;
    let mut phone = Phone::new(1);
    for number in 0..PHOTOS {
        let (field, attachment) = ("a.b.photo".to_owned(), photo(number, SIZE).0);
        phone.write(Change::Attach { field, attachment, caption: None });
    }
    let (mut reader, mut most, mut found) = (Reader::new(), 0, 0);
    let mut push = |bytes: Vec<u8>| {
        for piece in bytes.chunks(1 << 20) {
            for event in reader.push(piece).unwrap() {
                found += usize::from(matches!(event, Event::Picture(_)));
            }
            most = most.max(reader.buffered());
        }
    };
    let (mut writer, begin) = Writer::begin(&exported(), &[]).unwrap();
    push(begin);
    phone.ops.iter().for_each(|op| push(writer.op(op).unwrap()));
    for number in 0..PHOTOS {
        let (attachment, bytes) = photo(number, SIZE);
        push(writer.picture(&attachment, &bytes).unwrap());
    }
    push(writer.record(&view(&Record::fold(&phone.record.id, phone.ops.iter().map(|op| &op.op)))).unwrap());
    push(writer.close().unwrap().0);
    push(writer.finish(None).unwrap());
    assert_eq!(found, usize::from(PHOTOS));
    assert!(reader.seen() > 300_000_000, "{}", reader.seen());
    assert!(most < 40 << 20, "held {most} bytes");
    let incoming = reader.finish().unwrap();
    assert_eq!((incoming.pictures.len(), incoming.ops.len()), (24, 24));
}

#[test]
fn a_second_picture_of_one_name_and_one_too_many_are_refused() {
    let (attachment, bytes) = picture(1);
    let mut writer = Writer::begin(&exported(), &[]).unwrap().0;
    let mut phone = Phone::new(1);
    phone.write(Change::Attach { field: "a.b.photo".into(), attachment: attachment.clone(), caption: None });
    let begin = Writer::begin(&exported(), &[]).unwrap().1;
    let mut reader = Reader::new();
    reader.push(&begin).unwrap();
    reader.push(&writer.op(&phone.ops[0]).unwrap()).unwrap();
    reader.push(&writer.picture(&attachment, &bytes).unwrap()).unwrap();
    let again = reader.push(&writer.picture(&attachment, &bytes).unwrap()).unwrap_err();
    assert_eq!(again, ImportError::Stray(Part::Picture(attachment.sha256)));
    let mut reader = Reader::new();
    reader.push(b"{\"format\":\"sitebook-bundle/1\",\"from\":").unwrap();
    let head = sitebook_core::json::write(&exported()).unwrap();
    reader.push(format!("{head},\"missing\":[").as_bytes()).unwrap();
    let name = format!("\"{}\",", "0".repeat(64)).repeat(1000);
    let error = (0..=limits::PICTURES / 1000).find_map(|_| reader.push(name.as_bytes()).err()).unwrap();
    assert_eq!(error, ImportError::TooMany { what: "pictures", max: limits::PICTURES });
}
