//! The handbook of this repository: every row of part E is in an entry, every phrase is there word for word, and the
//! drafts that it must find or leave alone.
#![allow(clippy::expect_used, reason = "content that cannot be read must fail loudly")]

use sitebook_content::{Problem, load};
use sitebook_core::handbook::{
    Check, Entry, Handbook, Moment, Place, Say, Use, Visit, briefing, check_text, self_check,
};
use sitebook_core::text::Lang;
use std::collections::BTreeSet;
use std::path::Path;

fn book() -> Handbook {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let loaded = load(&dir).map_err(|problems| problems.iter().map(Problem::to_string).collect::<Vec<_>>());
    loaded.expect("the content").handbook
}

/// The rows of part E: sections, and how many rows each has. E.10 is counted by moment.
const SECTIONS: [(&str, usize); 9] =
    [("E.1", 7), ("E.2", 5), ("E.3", 35), ("E.4", 32), ("E.5", 16), ("E.6", 10), ("E.7", 9), ("E.8", 15), ("E.9", 14)];
const MOMENTS: [usize; 10] = [8, 3, 3, 6, 7, 5, 4, 4, 5, 3];

fn rows() -> BTreeSet<String> {
    let plain =
        SECTIONS.into_iter().flat_map(|(section, count)| (1..=count).map(move |row| format!("{section}-{row}")));
    let moments = MOMENTS.into_iter().zip(1..);
    let checks = moments.flat_map(|(count, moment)| (1..=count).map(move |row| format!("E.10-M{moment}-{row}")));
    plain.chain(checks).collect()
}

#[test]
fn every_row_of_part_e_is_carried_by_an_entry_and_no_entry_invents_one() {
    let book = book();
    let carried: BTreeSet<String> = book.entries().flat_map(|entry| entry.carries.iter().cloned()).collect();
    let rows = rows();
    assert_eq!(rows.difference(&carried).collect::<Vec<_>>(), [""; 0], "rows that no entry carries");
    assert_eq!(carried.difference(&rows).collect::<Vec<_>>(), [""; 0], "rows that part E does not have");
    let silent: Vec<&str> = book.entries().filter(|one| one.carries.is_empty()).map(|one| one.id.as_str()).collect();
    assert_eq!(silent, [""; 0], "entries that carry nothing");
}

#[test]
fn a_check_of_a_moment_is_ticked_at_that_moment() {
    let book = book();
    for entry in book.entries() {
        for row in entry.carries.iter().filter_map(|row| row.strip_prefix("E.10-M")) {
            let moment = row.split('-').next().and_then(|number| number.parse::<usize>().ok()).expect("a moment");
            let moment = Moment::ALL[moment];
            let ticked = entry.uses.contains(&Use::SelfCheck);
            assert!(ticked && entry.moments.contains(&moment), "{} carries E.10-M{row}", entry.id);
        }
    }
}

/// The phrases of the sources, as they stand there.
const TO_USE: &str = "请 / 谢谢 / 对不起 / 感谢您的支持 / 好的,我们马上就去做 / 希望我们能共同发展 / 您放心,这件事交给我做吧 / 能否帮我…… / 我们会尽力的 / 这样做,您看可以吗 / 为了确保设备的稳定运行,请根据规范要求进行操作 / 您可以与我们签订维护协议,以便我们为您提供及时、周到的服务 / 没关系 / 不用客气 / 您的意见很重要 / 我们公司的成长离不开大家的支持 / 欢迎到办事处指导工作 / 欢迎您提出宝贵意见 / 再见 / 这个问题我再考虑一下 / 我再跟同事讨论一下 / 您好!{company}{name} / 请进来 / 请到我这里来 / 请记住 / 你好 / 请说 / 请稍候 / 谢谢您的合作 / 欢迎回来 / 您好,政务中心××窗口 / 您有什么事? / 我能转达吗? / 请稍等一下 / 请您再说一遍 / 您好,您要办什么业务 / 请您到××窗口办理 / 请稍等 / 请填写xx / 请您听我详细解释好吗 / 请到××窗口缴费 / 您的手续已办好,请核对 / 请保管好您的资料 / 请您×月×日来领取证照 / 请慢走";
const TO_AVOID: [(&str, &str); 5] = [
    (
        "irresponsible",
        "我不管 | 我管不着 | 与我无关 | 我也没办法 | 我不知道 | 我没空 | 反正我做不了 | 我是新来的,这我不懂 | 有问题?关电复位就得了 | 这事你不懂 | 小问题,不用管它 | 不付费,就不去",
    ),
    ("blaming-own", "开发人员/销售人员,怎么这样 | 这合同是怎么签的 | 公司是怎么搞的 | 怎么连这点小事他们都做不好"),
    (
        "blaming-customer",
        "你怎么连这都不懂 | 你怎么搞的 | 你们怎么这么差 | 这种小事也找我 | 你们怎么啥工具都没有 | 这我早告诉过你,怎么又搞错了? | 不可能",
    ),
    ("refusal", "这个不能做 | 这个不改"),
    (
        "blunt",
        "no | 不知道 | 做不到 | 没做过,不知道怎么做 | 你等着 | 我们来谈谈 | 急什么 | 你为什么不早点说呢 | 我不在乎 | 找别人 | 找领导",
    ),
];

#[test]
fn every_phrase_of_the_sources_is_there_word_for_word() {
    let book = book();
    let says = |category: &str| book.category(category).map(|category| category.say);
    let used: Vec<&str> =
        book.phrases().filter(|one| says(&one.category) == Some(Say::Use)).map(|one| one.words.as_str()).collect();
    let lost: Vec<&str> = TO_USE.split(" / ").filter(|words| !used.contains(words)).collect();
    assert_eq!(lost, [""; 0]);
    for (category, all) in TO_AVOID {
        let there: Vec<&str> =
            book.phrases().filter(|one| one.category == category).map(|one| one.words.as_str()).collect();
        assert_eq!(there, all.split(" | ").collect::<Vec<_>>(), "{category}");
    }
}

#[test]
fn every_phrase_to_avoid_is_found_in_a_draft_unless_it_is_too_common() {
    let book = book();
    let check = Check::of(&book);
    for phrase in book.phrases().filter(|phrase| phrase.instead.is_some()) {
        for find in phrase.looked_for() {
            let draft = format!("今天 {find}，请谅解。");
            let found = check.look(&draft);
            assert_eq!(
                found.iter().map(|one| one.phrase.as_str()).collect::<Vec<_>>(),
                [phrase.id.as_str()],
                "{draft}"
            );
            assert_eq!(&draft[found[0].range.clone()], find.trim_end_matches('?'), "{draft}");
        }
    }
}

#[test]
fn c1_to_c3_and_hard_refusals_are_all_looked_for() {
    let book = book();
    for phrase in book.phrases().filter(|one| one.category != "blunt" && one.instead.is_some()) {
        assert!(!phrase.looked_for().is_empty(), "{}", phrase.id);
    }
}

#[test]
fn harmless_sentences_of_reports_bring_no_offer() {
    let book = book();
    for draft in [
        "更换 PON 板后业务恢复，指标正常。",
        "请问可不可能把窗口改到周六？",
        "该故障并非不可能复现，建议继续观察。",
        "我不管理这台设备，已转给运维组。",
        "联系我，不管几点都行。",
        "客户不知道新密码，已当面告知。",
        "这个不改变现有配置。",
        "我没空间放备件，已借用客户货架。",
        "Not impossible: the fault came back twice.",
        "I know the cause.",
    ] {
        assert_eq!(check_text(&book, draft), [], "{draft}");
    }
}

#[test]
fn the_better_phrase_takes_the_place_of_the_other_in_its_language() {
    let book = book();
    let found = check_text(&book, "客户要求的 1 毫秒时延不可能达到。");
    assert_eq!(found[0].replaced("客户要求的 1 毫秒时延不可能达到。"), "客户要求的 1 毫秒时延目前还难以做到达到。");
    let found = check_text(&book, "A restart is impossible now.");
    assert_eq!(found[0].replaced("A restart is impossible now."), "A restart is difficult at present now.");
    assert_eq!(found[0].category.get(Lang::En), "Blaming the customer");
}

fn ids(parts: &[sitebook_core::handbook::Part<'_>]) -> Vec<String> {
    parts.iter().flat_map(|part| part.entries.iter().map(|entry: &&Entry| entry.id.clone())).collect()
}

#[test]
fn the_strictest_dress_holds_until_the_customer_has_named_one() {
    let book = book();
    let at = |dress| ids(&self_check(&book, &Visit { dress, ..Visit::default() }, &[Moment::Prepare]));
    for dress in [None, Some("strict"), Some("a-profile-of-another-build")] {
        assert!(at(dress).contains(&"dress-strictest".to_owned()), "{dress:?}");
        assert!(!at(dress).contains(&"dress-resident".to_owned()), "{dress:?}");
    }
    assert!(at(Some("resident")).contains(&"dress-resident".to_owned()));
    assert!(!at(Some("resident")).contains(&"dress-strictest".to_owned()));
    assert!(at(Some("production")).contains(&"ppe-before-site".to_owned()));
}

#[test]
fn the_agreed_identity_changes_the_briefing_and_never_asks_for_a_false_name() {
    let book = book();
    let with = |identity| ids(&briefing(&book, &Visit { identity, ..Visit::default() }, &[]));
    let (own, agreed) = (with(None), with(Some("agreed")));
    for (id, when_own) in [
        ("introduce", true),
        ("own-reachable", true),
        ("introduce-agreed", false),
        ("no-own-contact", false),
        ("show-record", false),
    ] {
        assert_eq!(own.contains(&id.to_owned()), when_own, "{id}");
        assert_eq!(agreed.contains(&id.to_owned()), !when_own, "{id}");
    }
    // Doubts are told to headquarters; nothing asks to deceive.
    assert!(own.contains(&"cause-discrepancy".to_owned()) && agreed.contains(&"cause-discrepancy".to_owned()));
    let identity = book.identity(Some("agreed")).expect("the agreed identity");
    assert!(identity.text.en.contains("no form ever carries a false one"));
}

#[test]
fn an_inspection_is_not_asked_for_the_consents_of_an_upgrade() {
    let book = book();
    let at = |work| ids(&self_check(&book, &Visit { work: Some(work), ..Visit::default() }, &[Moment::Before]));
    assert!(at("upgrade").contains(&"written-consent".to_owned()));
    assert!(!at("inspection").contains(&"written-consent".to_owned()));
}

#[test]
fn smoking_is_told_by_place() {
    let book = book();
    let with = |dress| ids(&briefing(&book, &Visit { dress, ..Visit::default() }, &[]));
    assert!(with(None).contains(&"room-no-smoke".to_owned()) && !with(None).contains(&"resident-smoking".to_owned()));
    assert!(with(Some("resident")).contains(&"resident-smoking".to_owned()));
    let places: BTreeSet<Place> = book.entries().flat_map(|entry| entry.places.iter().copied()).collect();
    assert_eq!(places.len(), Place::ALL.len(), "every place has guidance");
}

#[test]
fn a_question_for_prices_has_an_answer_that_refers() {
    let book = book();
    let answer = book.phrases().find(|phrase| phrase.id == "say-price-referral").expect("the answer");
    assert!(answer.words.contains("售前客户经理"));
    assert!(ids(&briefing(&book, &Visit::default(), &[])).contains(&"forbidden-topics".to_owned()));
}
