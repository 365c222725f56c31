//! A work order goes to a colleague: out through the menu of the order as a file or through the share sheet, in through
//! the system's share sheet.

use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine;
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::time::Duration;

/// What the system does with a file that is shared to the app: a form is posted to the address of the manifest.
const SHARE: &str = "return (async (text, name) => {
    const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json();
    const target = manifest.share_target;
    const form = new FormData();
    form.append(target.params.files[0].name, new File([text], name, { type: 'text/plain' }));
    const answer = await fetch(target.action, { method: target.method, body: form, redirect: 'manual' });
    return answer.type;
})(arguments[0], arguments[1])";

/// A share sheet like a phone's, which a headless browser has not: it takes text and pictures, wants a tap, and keeps what
/// it was given.
const SHEET: &str = "const fits = data => !!data.files?.length && data.files.every(file => file instanceof File
        && (/[.](txt|csv|pdf|png|jpe?g)$/.test(file.name)) && (/^(text|image)[/]/.test(file.type)));
    navigator.canShare = fits;
    navigator.share = async data => {
        if (!navigator.userActivation.isActive) throw new DOMException('no tap', 'NotAllowedError');
        if (!fits(data)) throw new DOMException('not such files', 'NotAllowedError');
        if (window.closed_by_user) { window.closed_by_user = false; throw new DOMException('closed', 'AbortError'); }
        window.handed = data.files;
    };";
/// What the sheet was given: its name, its kind, its text.
const HANDED: &str = "return (async () => {
    for (let n = 0; n < 100 && !window.handed; n += 1) await new Promise(done => setTimeout(done, 50));
    const [file] = window.handed ?? [];
    window.handed = undefined;
    return file ? [file.name, file.type, await file.text()] : ['', '', ''];
})()";

/// Sends the order through the share sheet; answers the text of the file that was handed over.
async fn through_the_sheet(story: &Story, phone: &Browser, saved: &[u8]) -> Result<String> {
    phone.run(SHEET, Vec::new()).await?;
    // The menu asks when it is drawn whether the browser shares.
    let order = phone.place().await?;
    phone.go("#/").await?;
    phone.go(&order).await?;
    phone.run("window.closed_by_user = true", Vec::new()).await?;
    phone.tap("main [data-act=share]").await?;
    until("the sheet was closed", Duration::from_secs(10), async || {
        Ok((!phone.ask::<bool>("return window.closed_by_user", Vec::new()).await?).then_some(()))
    })
    .await?;
    phone.tap("main [data-act=share]").await?;
    let (name, kind, text): (String, String, String) = phone.ask(HANDED, Vec::new()).await?;
    ensure!(name.ends_with(".sitebook.txt") && kind == "text/plain", "handed over as {name}, {kind}");
    let (shared, saved) = (Bundle::read(text.as_bytes())?, Bundle::read(saved)?);
    ensure!(shared.ops()? == saved.ops()?, "what is shared is not what is saved");
    story.say(&format!("closed once, then handed over through the share sheet as {name}"));
    Ok(text)
}

/// The file picker of the app is the browser's own: a tap on the label opens it, and the browser says for what.
async fn picker_opens(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/more").await?;
    phone.tap("[data-act=import-page]").await?;
    phone.wait("label[for=import-file]").await?;
    let watch = "window.picked = []; const input = document.querySelector('#import-file'); \
                 input.addEventListener('click', event => window.picked.push([event.isTrusted || navigator.userActivation.isActive, input.type, input.accept, input.multiple]))";
    phone.run(watch, Vec::new()).await?;
    phone.devtools("Page.setInterceptFileChooserDialog", json!({ "enabled": true })).await?;
    phone.tap("label[for=import-file]").await?;
    let picked: Vec<(bool, String, String, bool)> = phone.ask("return window.picked", Vec::new()).await?;
    phone.devtools("Page.setInterceptFileChooserDialog", json!({ "enabled": false })).await?;
    let [(by_tap, kind, accept, several)] = picked.as_slice() else { anyhow::bail!("the picker opens {picked:?}") };
    ensure!(*by_tap && kind == "file" && !*several, "the picker opens {picked:?}");
    // Shared files are called .txt, so a picker that offers only .json would hide them.
    ensure!(accept.is_empty() || accept.contains("text") || accept.contains(".txt"), "it offers only {accept}");
    story.say(&format!("a tap opens the browser's file picker (accepting “{accept}”)"));
    Ok(())
}

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("main [data-act=export]").await?;
    let (name, bytes) = phone.downloaded().await?;
    ensure!(name.starts_with("WO-") && name.ends_with(".json"), "the file is called {name}");
    let order = Bundle::read(&bytes)?;
    order.fits_the_published_schema()?;
    let number = name.trim_end_matches(".json").to_owned();
    story.say(&format!("{name}: {} ops, {} bytes", order.ops()?.len(), bytes.len()));

    let text = through_the_sheet(story, &phone, &bytes).await?;

    let other = story.open(Engine::Chromium, "colleague").await?;
    start::first_load(story, &other, &site).await?;
    start::introduce_colleague(&other).await?;
    let answer: String = other.ask(SHARE, vec![json!(text), json!("工单 1.sitebook.txt")]).await?;
    ensure!(answer == "opaqueredirect", "the worker answers a share with {answer}");
    other.go("#/import").await?;
    let counts = other.wait_text("[data-import-counts]", "新操作").await?;
    ensure!(counts.contains(&format!("{} 条新操作", order.ops()?.len())), "the preview says “{counts}”");
    other.picture("look", "handed").await?;
    other.tap("[data-act=import]").await?;
    other.go("#/work").await?;
    other.wait_text("main", &number).await?;
    story.say("shared to the colleague's app, previewed, taken in; the order is in their work");

    other.go("#/import").await?;
    other.settle().await?;
    ensure!(!other.shows("[data-import-counts]").await?, "the shared file comes a second time");
    picker_opens(story, &other).await
}
