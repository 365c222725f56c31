//! The forms as they print.

use super::{APPROVER, REASON, Trip};
use anyhow::{Context, Result, ensure};
use sitebook_journeys::start;

/// Each form with the title it must carry and the number of pages that is sane.
const FORMS: [(&str, &str, usize); 5] = [
    ("F-33", "客户现场技术支持服务纪录", 1),
    ("F-14", "现场技术服务申请报告", 2),
    ("F-15", "现场技术服务报告", 4),
    ("F-23", "数据修改记录", 1),
    ("F-17", "现场培训记录单", 2),
];

pub async fn forms_are_printed(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    phone.open_menu().await?;
    phone.picture("look", "menu").await?;
    phone.tap("dialog[open] [data-act=forms]").await?;
    phone.wait("[data-form=\"F-33\"]").await?;
    phone.picture("look", "forms").await?;
    for (form, title, most) in FORMS {
        print(trip, form, title, most).await?;
    }
    phone.tap(".bar-back").await?;
    phone.wait("[data-act=menu]").await
}

async fn print(trip: &Trip<'_>, form: &str, title: &str, most: usize) -> Result<()> {
    let phone = trip.phone;
    phone.tap(&format!("[data-form=\"{form}\"]")).await?;
    phone.wait(".paper article.paper-page").await?;
    phone.settle().await?;
    phone.picture("look", &format!("form-{form}")).await?;
    let sheets = phone.texts(".paper article.paper-page").await?.len();
    let printed = phone.print("forms", form).await?;
    let all = printed.text.join("\n");
    let squeezed: String = all.chars().filter(|c| !c.is_whitespace()).collect();
    let story = trip.story;
    story.say(&format!("{form}: {} pages, {:?} pt, {}", printed.pages, printed.size, printed.path.display()));
    story.check(printed.is_a4(), || format!("{form} is {:?} pt, not A4", printed.size));
    story.check(printed.pages == sheets, || {
        format!("{form}: {sheets} sheets on the screen, {} in print", printed.pages)
    });
    story.check((1..=most).contains(&printed.pages), || format!("{form} has {} pages", printed.pages));
    for words in [title, form, "云岭市通信分公司", start::COMPANY] {
        story.check(squeezed.contains(words), || format!("{form} does not print “{words}”"));
    }
    for (index, page) in printed.text.iter().enumerate() {
        let words = format!("第{}页共{}页", index + 1, printed.pages);
        let squeezed: String = page.chars().filter(|c| !c.is_whitespace()).collect();
        story.check(squeezed.contains(&words), || format!("{form} does not print “{words}” on its page"));
    }
    if form == "F-15" {
        let page = printed.text.iter().find(|page| page.contains("偏差说明")).context("F-15 has no deviations")?;
        let deviations: String = page.chars().filter(|c| !c.is_whitespace()).collect();
        for words in [REASON, APPROVER, "ZTE6.3.2"] {
            story.check(deviations.contains(words), || format!("the deviations of F-15 do not name “{words}”"));
        }
    }
    ensure!(!squeezed.contains("签字后内容有改动"), "{form} says that it was changed after signing");
    phone.tap(".bar-back").await?;
    phone.wait(&format!("[data-form=\"{form}\"]")).await
}
