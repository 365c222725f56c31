//! The code on a paper: it follows what the paper shows, and an exported file is known by it.

use crate::common;
use crate::phone::{ENGINEER, Phone};
use crate::world::world;
use sitebook_core::exchange::{Exported, Parcel, export};
use sitebook_core::ledger::canonical;
use sitebook_core::print::{PaperCode, PaperVerdict};
use sitebook_core::value::Value;
use sitebook_core::verify::{Examined, Facts, Verifier};
use std::collections::BTreeMap;

fn code(phone: &Phone, form: &str) -> PaperCode {
    phone.ask(|scope| PaperCode::of(scope.form(form).unwrap(), scope)).unwrap()
}

fn file(phone: &Phone) -> Vec<u8> {
    let exported = Exported {
        app: "sitebook test".to_owned(),
        at: phone.now(),
        by: ENGINEER.to_owned(),
        company: String::new(),
        device: phone.ops()[0].op.device.clone(),
    };
    let json = String::from_utf8(canonical(&world().procedure).unwrap()).unwrap();
    let parcel = Parcel {
        exported: &exported,
        ops: phone.ops(),
        templates: &BTreeMap::from([(world().pin.digest.clone(), json)]),
        attachments: &BTreeMap::new(),
        seals: &[],
    };
    export(&parcel).unwrap().bytes
}

fn examined(phone: &Phone) -> Examined {
    let mut verifier = Verifier::new();
    verifier.push(&file(phone));
    verifier.finish()
}

#[test]
fn the_code_changes_with_what_the_paper_shows_and_with_nothing_else() {
    let mut phone = common::complete();
    let before = (code(&phone, "F-33"), code(&phone, "F-130"));
    phone.says("followup.call.result", "客户说一切正常");
    assert_eq!(code(&phone, "F-33"), before.0, "the follow-up call does not stand on F-33");
    assert_ne!(code(&phone, "F-130"), before.1);
    phone.withdraws("sign.customer.sign");
    assert_ne!(code(&phone, "F-33"), before.0, "a signature less shows");
}

#[test]
fn every_paper_has_a_code_of_its_own_that_is_read_back() {
    let phone = common::complete();
    let forms = &world().procedure.forms;
    let codes: Vec<PaperCode> = forms.iter().map(|form| code(&phone, form)).collect();
    for code in &codes {
        assert_eq!(PaperCode::parse(&code.to_string()).as_ref(), Some(code));
        assert_eq!(codes.iter().filter(|other| other.digest == code.digest).count(), 1);
    }
}

#[test]
fn a_paper_is_known_again_in_the_exported_file() {
    let mut phone = common::complete();
    let paper = code(&phone, "F-33");
    let facts = Facts::nothing(&world().library);
    let verdict = |phone: &Phone, paper: &PaperCode| examined(phone).paper(paper, &facts);
    assert_eq!(verdict(&phone, &paper), Some(PaperVerdict::Same));
    let altered = PaperCode { digest: paper.digest.chars().rev().collect(), ..paper.clone() };
    assert_eq!(verdict(&phone, &altered), Some(PaperVerdict::Differs));
    let unknown = PaperCode { form: "F-999".to_owned(), ..paper.clone() };
    assert_eq!(verdict(&phone, &unknown), Some(PaperVerdict::UnknownForm));
    let elsewhere = PaperCode { number: "SV-20200101-AAA-01".to_owned(), ..paper.clone() };
    assert_eq!(verdict(&phone, &elsewhere), None);
    phone.sets("sign.opinion.rating", Value::Number(1.0));
    assert_eq!(verdict(&phone, &paper), Some(PaperVerdict::Differs), "the rating was changed after the print-out");
}
