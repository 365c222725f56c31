//! Where things are on the screen: heights of printed pieces, the width there is, bringing something into view.

use super::reach;
use wasm_bindgen::JsCast;

/// Heights of the children of an element, and the height there is inside its parent page. CSS pixels.
pub fn measure_children(id: &str) -> Option<(Vec<f64>, f64)> {
    let element = reach::document()?.get_element_by_id(id)?;
    let children = element.children();
    let heights = (0..children.length())
        .filter_map(|index| children.item(index))
        .map(|child| child.get_bounding_client_rect().height())
        .collect();
    let room = element.get_bounding_client_rect().height();
    Some((heights, room))
}

/// The lines of each element that fits `css` inside a child of an element, as the browser has broken them.
pub fn lines_of_child(id: &str, child: usize, css: &str) -> Vec<Vec<String>> {
    let lines = || {
        let index = u32::try_from(child).ok()?;
        let child = reach::document()?.get_element_by_id(id)?.children().item(index)?;
        let found = child.query_selector_all(css).ok()?;
        let cells = (0..found.length()).filter_map(|index| found.item(index));
        Some(cells.map(|cell| lines_of(&cell).unwrap_or_default()).collect())
    };
    lines().unwrap_or_default()
}

/// The lines of an element that holds nothing but one text.
fn lines_of(element: &web_sys::Node) -> Option<Vec<String>> {
    // Less than any line is high, more than marks above a letter move it.
    const NEXT: f64 = 4.0;
    let text = element.text_content()?;
    let node = element.first_child()?;
    let range = reach::document()?.create_range().ok()?;
    let mut lines = vec![String::new()];
    let (mut at, mut top) = (0, None);
    for character in text.chars() {
        let next = at + u32::try_from(character.len_utf16()).ok()?;
        if character == '\n' {
            lines.push(String::new());
            top = None;
        } else {
            range.set_start(&node, at).ok()?;
            range.set_end(&node, next).ok()?;
            let place = range.get_bounding_client_rect();
            if place.height() > 0.0 {
                if top.is_some_and(|top| place.top() > top + NEXT) {
                    lines.push(String::new());
                    top = None;
                }
                top = top.or(Some(place.top()));
            }
            lines.last_mut()?.push(character);
        }
        at = next;
    }
    Some(lines)
}

/// How much an A4 page must shrink to fit the window's width; at most 1.
pub fn paper_zoom(landscape: bool) -> String {
    const MARGIN: f64 = 16.0;
    let paper = if landscape { 1122.5 } else { 793.7 };
    let width =
        reach::window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64()).unwrap_or(paper);
    format!("{:.4}", ((width - MARGIN) / paper).min(1.0))
}

/// Whether the page has an element with this id.
pub fn has(id: &str) -> bool {
    reach::document().is_some_and(|document| document.get_element_by_id(id).is_some())
}

/// Scrolls an element into view and moves the focus to its first control.
pub fn reveal(id: &str) {
    let Some(element) = reach::document().and_then(|document| document.get_element_by_id(id)) else { return };
    element.scroll_into_view();
    if let Ok(Some(control)) = element.query_selector("button, input, textarea, select")
        && let Some(control) = control.dyn_ref::<web_sys::HtmlElement>()
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = control.focus_with_options(&options);
    }
}

/// Brings an element into the middle of what is seen and moves the focus to the first link in it.
pub fn return_to(id: &str) {
    let Some(element) = reach::document().and_then(|document| document.get_element_by_id(id)) else { return };
    let options = reach::object(&[("block", "center".into())]);
    let _ = reach::call(&element, "scrollIntoView", &[&options]);
    if let Ok(Some(link)) = element.query_selector("a")
        && let Some(link) = link.dyn_ref::<web_sys::HtmlElement>()
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = link.focus_with_options(&options);
    }
}

/// The value of `attribute` of the first element that has it and stands, at least in part, below the top of what is
/// seen by `margin` CSS pixels.
pub fn first_in_view(attribute: &str, margin: f64) -> Option<String> {
    let all = reach::document()?.query_selector_all(&format!("[{attribute}]")).ok()?;
    let elements = (0..all.length()).filter_map(|index| all.item(index)?.dyn_into::<web_sys::Element>().ok());
    let mut elements = elements.filter(|element| element.get_bounding_client_rect().bottom() > margin);
    elements.next()?.get_attribute(attribute)
}

/// Whether the focus is inside the element with this id.
pub fn has_focus(id: &str) -> bool {
    let css = format!("#{id} :focus");
    reach::document().and_then(|document| document.query_selector(&css).ok().flatten()).is_some()
}

/// Removes the element with this id, if it is there.
pub fn remove(id: &str) {
    if let Some(element) = reach::document().and_then(|document| document.get_element_by_id(id)) {
        element.remove();
    }
}

/// Scrolls the nearest scrolling ancestor so that the element is in its middle, without moving the page.
pub fn center(id: &str) {
    let Some(element) = reach::document().and_then(|document| document.get_element_by_id(id)) else { return };
    let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() else { return };
    let mut parent = element.parent_element();
    while let Some(scroller) = parent {
        if scroller.scroll_width() > scroller.client_width() {
            let middle = element.offset_left() + element.offset_width() / 2 - scroller.client_width() / 2;
            scroller.set_scroll_left(middle.max(0));
            return;
        }
        parent = scroller.parent_element();
    }
}
