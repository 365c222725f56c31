//! Files of released versions: each is read whole by every later build.

use sitebook_core::exchange::{Known, Parcel, Preview, export, preview, read_all};
use sitebook_core::ledger::{Record, Sealed, verify_ops};
use sitebook_core::template::Library;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The kept files, with their names.
fn kept() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/db");
    let paths = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let files: Vec<_> = paths
        .filter(|path| path.to_string_lossy().ends_with(".bundle.json"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    assert!(!files.is_empty(), "the files of released versions are gone");
    files
}

#[test]
fn a_file_of_a_released_version_is_read_whole_and_goes_out_again() {
    for (name, bytes) in kept() {
        let (incoming, pictures) = read_all(&bytes).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(verify_ops(&incoming.ops), Ok(()), "{name}");
        assert!(incoming.signature.is_some() && !incoming.seals.is_empty(), "{name}: neither signed nor sealed");
        assert!(incoming.missing.is_empty() && pictures.len() >= 2, "{name}: photo and signature are not there");
        let preview: Preview = preview(&incoming, &Known::NOTHING, &Library::default());
        assert!(preview.refusal().is_none() && preview.new_ops == incoming.ops.len(), "{name}: {preview:?}");

        let records: BTreeSet<_> = incoming.ops.iter().map(|sealed| &sealed.op.record).collect();
        for id in records {
            let ops = incoming.ops.iter().map(|sealed| &sealed.op).filter(|op| op.record == *id);
            let record = Record::fold(id, ops);
            assert!(record.created.is_some(), "{name}: {id} has no beginning");
        }
        let templates = incoming.templates.iter().map(|one| (one.reference.digest.clone(), one.json.clone())).collect();
        let attachments = pictures.into_iter().map(|one| (one.attachment.sha256, one.bytes)).collect();
        let parcel = Parcel {
            exported: &incoming.exported,
            ops: &incoming.ops,
            templates: &templates,
            attachments: &attachments,
            seals: &incoming.seals,
        };
        let again = export(&parcel).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let (back, _) = read_all(&again.bytes).unwrap();
        // The app writes them record by record, this by their ids.
        let by_id = |mut ops: Vec<Sealed>| {
            ops.sort_by(|one, other| one.op.id.cmp(&other.op.id));
            ops
        };
        assert!(by_id(back.ops) == by_id(incoming.ops), "{name}: what goes out again is not the same");
    }
}
