//! The handbook: what is found, what belongs to a visit, and phrases to be avoided in drafts.

use proptest::prelude::*;
use sitebook_core::handbook::{Check, Handbook, Hit, Moment, Visit, briefing, check_text, search, self_check};
use sitebook_core::text::Lang;

const BOOK: &str = r#"{"schema":1,"chapters":[{"schema":1,"id":"a","order":1,"title":{"zh":"甲","en":"A"},
"entry":[
 {"id":"shoes","title":{"zh":"换鞋或戴鞋套","en":"Shoe covers"},"text":{"zh":"雨具放好。","en":"Umbrellas where they belong."},
  "level":"must","moments":["enter"],"places":["room"],"uses":["self-check","briefing"],"clause":"ZTE 6.3.4"},
 {"id":"umbrella","title":{"zh":"雨具放在指定位置","en":"Umbrellas in their place"},"text":{"zh":"门口有架子。","en":"Known by the door: covers too."},
  "level":"should","moments":["enter","leave"],"places":["room"],"uses":["briefing"],"works":["upgrade"],"clause":"SITE-RECORD 6"},
 {"id":"smoke","title":{"zh":"不吸烟","en":"No smoking"},"text":{"zh":"任何时候。","en":"Ever."},
  "level":"must-not","moments":["all"],"places":["anywhere"],"uses":["briefing"],"clause":"ZTE 6.3.16"},
 {"id":"counter","title":{"zh":"挂牌","en":"Badge"},"text":{"zh":"上岗。","en":"On."},
  "level":"must","moments":["arrive"],"places":["counter"],"uses":["self-check"],"clause":"GOV 1"},
 {"id":"agreed","title":{"zh":"约定身份","en":"Agreed identity"},"text":{"zh":"按约定。","en":"As agreed."},
  "level":"must","moments":["arrive"],"places":["premises"],"uses":["self-check"],"identity":"agreed","clause":"S 4"}],
"dress":[{"id":"strict","title":{"zh":"严","en":"S"},"text":{"zh":"严","en":"S"},"default":true,"clause":"Z 1"},
 {"id":"window","title":{"zh":"窗","en":"W"},"text":{"zh":"窗","en":"W"},"places":["counter"],"clause":"Z 1"}],
"identity":[{"id":"own","title":{"zh":"己","en":"O"},"text":{"zh":"己","en":"O"},"default":true,"clause":"Z 1"},
 {"id":"agreed","title":{"zh":"约","en":"A"},"text":{"zh":"约","en":"A"},"clause":"Z 1"}],
"category":[{"id":"bad","say":"avoid","title":{"zh":"指责","en":"Blame"},"text":{"zh":"伤人","en":"It hurts"}},
 {"id":"good","say":"use","title":{"zh":"常用","en":"Common"},"text":{"zh":"常用","en":"Common"}}],
"phrase":[
 {"id":"impossible","category":"bad","words":"不可能","meaning":"Impossible","instead":{"zh":"还难以做到","en":"difficult"},
  "finds":["不可能","impossible"],"except":["可不可能"],"clause":"Z C3"},
 {"id":"reset","category":"bad","words":"有问题?关电复位就得了","meaning":"Just reset","instead":{"zh":"先查原因","en":"look first"},"clause":"Z C1"},
 {"id":"told","category":"bad","words":"这我早告诉过你","meaning":"Told you","instead":{"zh":"再确认","en":"confirm"},"clause":"Z C3"},
 {"id":"told-long","category":"bad","words":"这我早告诉过你,怎么又搞错了?","meaning":"Told you, wrong again","instead":{"zh":"一起再确认","en":"confirm together"},"clause":"Z C3"},
 {"id":"no","category":"bad","words":"no","meaning":"No","instead":{"zh":"请稍候","en":"one moment"},"clause":"R 2"},
 {"id":"rare","category":"bad","words":"不知道","meaning":"Do not know","instead":{"zh":"我问一下","en":"I will ask"},"finds":[],"clause":"R 2"},
 {"id":"thanks","category":"good","words":"谢谢您的合作","meaning":"Thank you for your cooperation","clause":"R 1"}]}]}"#;

fn book() -> Handbook {
    sitebook_core::json::read(BOOK).unwrap_or_default()
}

fn found(text: &str) -> Vec<(String, String)> {
    let finding = check_text(&book(), text);
    finding.into_iter().map(|one| (one.phrase, text[one.range].to_owned())).collect()
}

fn one(id: &str, words: &str) -> Vec<(String, String)> {
    vec![(id.to_owned(), words.to_owned())]
}

fn names(hits: &[Hit<'_>]) -> Vec<String> {
    let name = |hit: &Hit<'_>| match hit {
        Hit::Entry(entry) => entry.id.clone(),
        Hit::Phrase(phrase) => phrase.id.clone(),
    };
    hits.iter().map(name).collect()
}

#[test]
fn what_the_app_ships_is_read_back() {
    let book = book();
    assert_eq!(book.entries().count(), 5);
    let written = serde_json::to_string(&book).unwrap_or_default();
    assert_eq!(sitebook_core::json::read::<Handbook>(&written).ok(), Some(book));
}

#[test]
fn a_phrase_is_found_whatever_the_width_the_blanks_and_the_quotes() {
    assert_eq!(found("这不可能。"), one("impossible", "不可能"));
    assert_eq!(found("这“不 可　能”"), one("impossible", "不 可　能"));
    assert_eq!(found("That is ＩＭＰＯＳＳＩＢＬＥ!"), one("impossible", "ＩＭＰＯＳＳＩＢＬＥ"));
    assert_eq!(found("有问题？ 关电复位就得了"), one("reset", "有问题？ 关电复位就得了"));
    assert_eq!(found("有问题关电复位就得了"), one("reset", "有问题关电复位就得了"));
    assert_eq!(found("这我早告诉过您"), one("told", "这我早告诉过您"), "the polite you is the same you");
    assert_eq!(found("不可能的误差"), one("impossible", "不可能"), "a limit: the same words in another sense");
}

#[test]
fn a_comma_or_a_new_line_parts_what_only_looks_like_a_phrase() {
    assert_eq!(found("不可，能做的都做了"), []);
    assert_eq!(found("不可\n能"), []);
}

#[test]
fn longer_harmless_words_are_left_alone() {
    assert_eq!(found("可不可能改期"), []);
    assert_eq!(found("可不可能？不可能。"), one("impossible", "不可能"));
    assert_eq!(found("Nobody knows node 3."), [], "Latin words count whole");
    assert_eq!(found("No, it is not."), one("no", "No"));
    assert_eq!(found("我不知道"), [], "too common to be looked for");
    assert_eq!(found("谢谢您的合作"), [], "a phrase to use");
}

#[test]
fn of_two_phrases_that_begin_together_the_longer_is_told() {
    assert_eq!(found("这我早告诉过你，怎么又搞错了？"), one("told-long", "这我早告诉过你，怎么又搞错了"));
    assert_eq!(found("这我早告诉过你，再看看"), one("told", "这我早告诉过你"));
}

#[test]
fn a_finding_says_why_and_offers_the_better_phrase_in_its_language() {
    let text = "延时不可能更低；it is impossible.";
    let all = check_text(&book(), text);
    assert_eq!(all.iter().map(|one| one.instead.as_str()).collect::<Vec<_>>(), ["还难以做到", "difficult"]);
    assert_eq!(all[0].why.get(Lang::En), "It hurts");
    assert_eq!(all[0].replaced(text), "延时还难以做到更低；it is impossible.");
    assert_eq!(all[1].replaced("短"), "短", "a finding of another text changes nothing");
}

#[test]
fn words_are_found_in_both_languages_and_the_best_comes_first() {
    let book = book();
    assert_eq!(names(&search(&book, "雨具", Lang::Zh)), ["umbrella", "shoes"]);
    assert_eq!(names(&search(&book, "cover", Lang::En)), ["shoes", "umbrella"], "the beginning of a word will do");
    assert_eq!(names(&search(&book, "over", Lang::En)), [""; 0], "its middle will not");
    assert_eq!(names(&search(&book, "no", Lang::En)), ["smoke", "no", "rare"], "not begins like no; known does not");
    assert_eq!(names(&search(&book, "鞋 cover", Lang::Zh)), ["shoes"], "each word must occur");
    assert_eq!(names(&search(&book, "zte 6.3.16", Lang::Zh)), ["smoke"]);
    assert_eq!(names(&search(&book, "合作", Lang::En)), ["thanks"]);
    assert_eq!(names(&search(&book, "  ", Lang::Zh)), [""; 0]);
}

#[test]
fn a_briefing_goes_through_the_moments_and_tells_each_thing_once() {
    let book = book();
    let parts = briefing(&book, &Visit { work: Some("upgrade"), ..Visit::default() }, &[]);
    let told: Vec<(Moment, Vec<&str>)> =
        parts.iter().map(|part| (part.moment, part.entries.iter().map(|one| one.id.as_str()).collect())).collect();
    assert_eq!(told, [(Moment::All, vec!["smoke"]), (Moment::Enter, vec!["shoes", "umbrella"])]);
    let later = briefing(&book, &Visit::default(), &[Moment::Leave]);
    assert_eq!(later[0].entries[0].id, "umbrella", "what is known of nothing else is for every work");
    let other = briefing(&book, &Visit { work: Some("fault"), ..Visit::default() }, &[Moment::Leave]);
    assert!(other.is_empty());
}

#[test]
fn dress_brings_its_places_and_identity_its_own_guidance() {
    let book = book();
    let ticked = |visit: Visit<'_>| -> Vec<String> {
        let parts = self_check(&book, &visit, &[]);
        parts.iter().flat_map(|part| part.entries.iter().map(|entry| entry.id.clone())).collect()
    };
    assert_eq!(ticked(Visit::default()), ["shoes"]);
    assert_eq!(ticked(Visit { dress: Some("window"), ..Visit::default() }), ["counter", "shoes"]);
    assert_eq!(ticked(Visit { identity: Some("agreed"), ..Visit::default() }), ["agreed", "shoes"]);
}

proptest! {
    #[test]
    fn any_text_is_looked_through_without_harm(text in any::<String>()) {
        let check = Check::of(&book());
        let mut end = 0;
        for finding in check.look(&text) {
            prop_assert!(finding.range.start >= end && finding.range.start < finding.range.end);
            prop_assert!(text.get(finding.range.clone()).is_some(), "the ends lie between characters");
            prop_assert!(finding.replaced(&text).contains(&finding.instead));
            end = finding.range.end;
        }
    }

    #[test]
    fn a_phrase_is_found_wherever_it_is_put(before in "[一-龥a-zA-Z0-9 ，。！\n“”]{0,30}", behind in "[一-龥a-zA-Z0-9 ，。！\n“”]{0,30}") {
        for words in ["有问题?关电复位就得了", "这我早告诉过你", "不可能"] {
            let text = format!("{before}。{words}。{behind}");
            let at = before.len() + "。".len();
            let found = check_text(&book(), &text);
            prop_assert!(found.iter().any(|one| one.range == (at..at + words.len())), "{text}: {found:?}");
        }
    }

    #[test]
    fn anything_typed_finds_without_harm_and_a_title_finds_its_entry(typed in any::<String>()) {
        let book = book();
        search(&book, &typed, Lang::Zh);
        for entry in book.entries() {
            for lang in [Lang::Zh, Lang::En] {
                let hits = search(&book, entry.title.get(lang), lang);
                prop_assert!(names(&hits).contains(&entry.id));
            }
        }
    }
}
