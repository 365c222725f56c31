//! What somebody hears who does not see the screen, read from the accessibility tree: every control has a name and can
//! be told from its neighbours, every screen has its landmarks and its title, and what changes is spoken.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use sitebook_journeys::browser::Browser;
use sitebook_journeys::page::PATIENCE;
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::visit::key;
use std::collections::BTreeMap;

/// Roles of what people act on; each must say what it is for.
const CONTROLS: [&str; 17] = [
    "button",
    "link",
    "textbox",
    "searchbox",
    "checkbox",
    "radio",
    "switch",
    "combobox",
    "listbox",
    "slider",
    "spinbutton",
    "tab",
    "menuitem",
    "Date",
    "DateTime",
    "InputTime",
    "DisclosureTriangle",
];
/// Roles of what else is heard by its name.
const NAMED: [&str; 7] = ["image", "dialog", "region", "radiogroup", "heading", "progressbar", "meter"];
/// Roles that tell two controls of the same name apart, by a name of their own.
const AROUND: [&str; 9] = ["group", "region", "radiogroup", "article", "listitem", "row", "dialog", "form", "Details"];
/// Fields with parts that the browser draws and names.
const OF_THE_BROWSER: [&str; 3] = ["Date", "DateTime", "InputTime"];

/// A node as the browser hands it to a screen reader.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    node_id: String,
    #[serde(default)]
    parent_id: Option<String>,
    #[serde(default)]
    child_ids: Vec<String>,
    ignored: bool,
    #[serde(default)]
    role: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    properties: Vec<Property>,
    #[serde(rename = "backendDOMNodeId", default)]
    element: u64,
}

#[derive(Debug, Clone, Deserialize)]
struct Property {
    name: String,
    value: Value,
}

impl Node {
    fn role(&self) -> &str {
        self.role["value"].as_str().unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.name["value"].as_str().unwrap_or_default().trim()
    }

    /// How it is spoken when it changes: `polite` or `assertive`.
    fn live(&self) -> Option<&str> {
        self.properties.iter().find(|property| property.name == "live")?.value["value"].as_str()
    }
}

/// The tree of a page.
struct Tree(BTreeMap<String, Node>);

impl Tree {
    async fn of(phone: &Browser) -> Result<Tree> {
        phone.devtools("Accessibility.enable", json!({})).await?;
        let answer = phone.devtools("Accessibility.getFullAXTree", json!({})).await?;
        let nodes: Vec<Node> = serde_json::from_value(answer["nodes"].clone()).context("no accessibility tree")?;
        Ok(Tree(nodes.into_iter().map(|node| (node.node_id.clone(), node)).collect()))
    }

    fn heard(&self) -> impl Iterator<Item = &Node> {
        self.0.values().filter(|node| !node.ignored)
    }

    fn count(&self, role: &str) -> usize {
        self.heard().filter(|node| node.role() == role).count()
    }

    fn above<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Node> {
        let up = |node: &Node| node.parent_id.as_ref().and_then(|id| self.0.get(id));
        std::iter::successors(up(node), move |node| up(node))
    }

    /// Names of the groups around a node, the innermost first.
    fn around<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a str> {
        self.above(node).filter(|node| AROUND.contains(&node.role()) && !node.name().is_empty()).map(Node::name)
    }

    /// All text in a node.
    fn text(&self, node: &Node) -> String {
        if node.role() == "StaticText" {
            return node.name().to_owned();
        }
        node.child_ids.iter().filter_map(|id| self.0.get(id)).map(|child| self.text(child)).collect()
    }
}

/// Names and landmarks of the screen that is shown.
pub async fn judge(story: &Story, phone: &Browser, screen: &str) -> Result<()> {
    let tree = Tree::of(phone).await?;
    let mut same: BTreeMap<(String, String, Vec<String>), usize> = BTreeMap::new();
    for node in tree.heard() {
        let (role, name) = (node.role(), node.name());
        let is_control =
            CONTROLS.contains(&role) && !tree.above(node).any(|above| OF_THE_BROWSER.contains(&above.role()));
        if name.is_empty() && (is_control || NAMED.contains(&role)) {
            story.blame(format!("{screen}: a {role} has no name, in {:?}", tree.around(node).next()));
        }
        // Links of the same name may lead to the same place.
        if is_control && role != "link" {
            let around = tree.around(node).map(str::to_owned).collect();
            *same.entry((role.to_owned(), name.to_owned(), around)).or_default() += 1;
        }
    }
    for ((role, name, around), count) in same.into_iter().filter(|(_, count)| *count > 1) {
        story.blame(format!("{screen}: {count} times {role} “{name}” and nothing tells them apart, in {around:?}"));
    }
    story.check(tree.count("main") == 1, || format!("{screen}: {} main parts", tree.count("main")));
    let titles: Vec<&str> = tree.heard().filter(|node| is_title(node)).map(Node::name).collect();
    story.check(titles.len() == 1, || format!("{screen}: titles {titles:?}"));
    Ok(())
}

fn is_title(node: &Node) -> bool {
    let level = node.properties.iter().find(|property| property.name == "level");
    node.role() == "heading" && level.is_some_and(|level| level.value["value"] == 1)
}

/// What changes while somebody works is spoken: an entry that is on the disk, one that is refused, a row that is taken
/// back, what a search finds. A region that is to be heard must be there before its words are.
pub async fn changes(story: &Story, phone: &Browser, visit: &str) -> Result<()> {
    phone.go(&format!("{visit}/at/confirm")).await?;
    phone.wait("[data-save]").await?;
    let before = regions(&Tree::of(phone).await?);
    phone.unfold("confirm.points").await?;
    phone.answer("confirm.points.work", "更换光模块").await?;
    phone.wait_saved().await?;
    let saved = spoken(phone, "status", "已保存").await?;
    ensure!(before.contains(&saved), "the words “saved” stand in a region that was not there before");
    phone.unfold("confirm.call").await?;
    phone.answer("confirm.call.phone", "打他手机").await?;
    phone.wait(&key("confirm.call.phone", ".field-error")).await?;
    spoken(phone, "alert", "电话号码").await?;
    phone.go("#/records/visit").await?;
    phone.wait("[data-count]").await?;
    phone.type_in("input[type=search]", "没有这样的词").await?;
    spoken(phone, "status", "没有").await?;
    story.say("what is saved, refused and found is spoken");
    Ok(())
}

/// Elements whose changes are spoken.
fn regions(tree: &Tree) -> Vec<u64> {
    tree.0.values().filter(|node| node.live().is_some()).map(|node| node.element).collect()
}

/// Waits for words in a region that speaks; answers its element.
async fn spoken(phone: &Browser, role: &str, words: &str) -> Result<u64> {
    until(&format!("{words} is spoken"), PATIENCE, async || {
        let tree = Tree::of(phone).await?;
        let found =
            tree.heard().find(|node| node.role() == role && node.live().is_some() && tree.text(node).contains(words));
        Ok(found.map(|node| node.element))
    })
    .await
}
