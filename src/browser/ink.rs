//! A signature pad on a canvas: fingers, pens, mice, or a typed name for those who cannot draw.
//!
//! It must not know who signs what. The page gives the canvas its size by style (never by its attributes) and its
//! colour by `color`: the ink on the screen has the colour of the text, the exported one is black on white.

mod paint;
mod strokes;

use super::canvas::{self, Canvas};
use super::listener::{self, Listener};
use super::reach;
use paint::View;
use sitebook_core::text::Text;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Event, HtmlCanvasElement, PointerEvent, ResizeObserver};

pub use strokes::Strokes;

/// Why there is no picture of the ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InkError {
    /// Nothing was drawn or typed.
    Empty,
    /// The browser answers with noise when pictures are read, against fingerprinting.
    Blocked,
    /// The browser could not make the picture.
    Failed,
}

impl InkError {
    /// What happened, what is safe, what to do.
    pub fn words(self) -> Text {
        match self {
            InkError::Empty => Text::of(
                "还没有签名。请先在框内签名，或输入姓名。",
                "There is no signature yet. Sign in the box, or type the name.",
            ),
            InkError::Blocked => Text::of(
                "浏览器的防跟踪设置使签名图像失真，因此没有保存；笔迹仍在屏幕上。请在浏览器里允许本应用读取画布数据后重试，或换一个浏览器。",
                "The browser's protection against tracking distorts pictures, so the signature was not saved; the ink is still on the screen. Allow this app to read canvas data and try again, or use another browser.",
            ),
            InkError::Failed => Text::of(
                "签名图像没有生成，可能内存不足；笔迹仍在屏幕上。请关闭其他应用后重试。",
                "The picture of the signature could not be made, perhaps for lack of memory; the ink is still on the screen. Close other apps and try again.",
            ),
        }
    }
}

/// A signature as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inked {
    /// PNG, black on white.
    pub bytes: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A canvas that takes ink until this is dropped.
pub struct Ink {
    pad: Rc<RefCell<Pad>>,
    changed: Rc<dyn Fn()>,
    _listeners: [Listener; 3],
    _watch: Option<Watch>,
}

impl Ink {
    /// Makes `canvas` a pad. `on_change` is called after every stroke, undo and clear, and for a typed name.
    pub fn attach(canvas: HtmlCanvasElement, on_change: impl Fn() + 'static) -> Ink {
        let style = canvas.style();
        for (name, value) in [("touch-action", "none"), ("user-select", "none"), ("-webkit-user-select", "none")] {
            let _ = style.set_property(name, value);
        }
        let pad = Rc::new(RefCell::new(Pad::new(canvas.clone())));
        let changed: Rc<dyn Fn()> = Rc::new(on_change);
        let drawing = {
            let (pad, changed) = (pad.clone(), changed.clone());
            let events = ["pointerdown", "pointermove", "pointerup", "pointercancel", "lostpointercapture"];
            Listener::on_each(&events.map(|event| (canvas.as_ref(), event)), move |event| {
                if pad.try_borrow_mut().is_ok_and(|mut pad| pad.pointer(&event)) {
                    changed();
                }
            })
        };
        // Else long presses and slow strokes select text or open menus.
        let quiet = Listener::on_each(
            &["touchstart", "contextmenu", "selectstart", "dragstart"].map(|event| (canvas.as_ref(), event)),
            |event| event.prevent_default(),
        );
        let refit = {
            let pad = pad.clone();
            move || {
                if let Ok(mut pad) = pad.try_borrow_mut() {
                    pad.fit();
                }
            }
        };
        let watch = Watch::over(&canvas, refit.clone());
        refit();
        let resized = listener::on_window("resize", move |_| refit());
        Ink { pad, changed, _listeners: [drawing, quiet, resized], _watch: watch }
    }

    /// Takes all ink away. [`Ink::undo`] brings it back.
    pub fn clear(&self) {
        self.change(|pad| {
            let name = std::mem::take(&mut pad.strokes.name);
            let lines = std::mem::take(&mut pad.strokes.lines);
            pad.cleared = Some(Strokes { name, lines, ..pad.strokes });
        });
    }

    /// Takes the last stroke away, or the clearing, or the typed name.
    pub fn undo(&self) {
        self.change(|pad| {
            if pad.strokes.is_empty() {
                if let Some(cleared) = pad.cleared.take() {
                    pad.strokes = cleared;
                }
            } else if pad.strokes.lines.pop().is_none() {
                pad.strokes.name.clear();
            }
        });
    }

    /// Writes a typed name in place of the last one; an empty one takes it away. Strokes stay.
    pub fn type_name(&self, name: &str) {
        self.change(|pad| {
            pad.begin();
            pad.strokes.set_name(name);
        });
    }

    /// Whether there is nothing on the pad.
    pub fn is_empty(&self) -> bool {
        self.pad.borrow().strokes.is_empty()
    }

    /// A copy of the ink, to be kept across a re-render or, by [`Strokes::to_text`], a reload.
    pub fn strokes(&self) -> Strokes {
        self.pad.borrow().strokes.clone()
    }

    /// Puts kept ink on the pad in place of what is there, as large as fits. Tells nobody.
    pub fn restore(&self, strokes: Strokes) {
        let mut pad = self.pad.borrow_mut();
        pad.stop();
        pad.strokes = strokes;
        pad.redraw();
    }

    fn change(&self, change: impl FnOnce(&mut Pad)) {
        {
            let mut pad = self.pad.borrow_mut();
            pad.stop();
            change(&mut pad);
            pad.redraw();
        }
        (self.changed)();
    }
}

/// The ink as [`Ink::to_png`] gives it, without a pad on the screen.
pub async fn to_png(strokes: &Strokes) -> Result<Inked, InkError> {
    const MARGIN: f64 = 8.0;
    const LONGEST: f64 = 1200.0;
    const FINE: f64 = 3.0;
    if strokes.is_empty() {
        return Err(InkError::Empty);
    }
    if !canvas::tells_the_truth() {
        return Err(InkError::Blocked);
    }
    let probe = Canvas::new(1, 1).ok_or(InkError::Failed)?;
    let mut boxes = Vec::new();
    if let Some((left, top, right, bottom)) = strokes.bounds() {
        boxes.push((f64::from(left), f64::from(top), f64::from(right), f64::from(bottom)));
    }
    if let Some(name) = paint::Written::measure(probe.context(), strokes) {
        boxes.push((name.left, name.top, name.right, name.bottom));
    }
    let joined = boxes
        .into_iter()
        .reduce(|one, other| (one.0.min(other.0), one.1.min(other.1), one.2.max(other.2), one.3.max(other.3)));
    let (left, top, right, bottom) = joined.ok_or(InkError::Empty)?;
    let (left, top) = (left - MARGIN, top - MARGIN);
    let (across, down) = (right + MARGIN - left, bottom + MARGIN - top);
    let scale = FINE.min(LONGEST / across.max(down));
    let (width, height) = ((across * scale).ceil() as u32, (down * scale).ceil() as u32);
    let canvas = Canvas::filled(width.max(1), height.max(1), "#fff").ok_or(InkError::Failed)?;
    View { scale, left: -left * scale, top: -top * scale }.apply(canvas.context(), 1.0);
    paint::dip(canvas.context(), "#000");
    paint::all(canvas.context(), strokes);
    let (bytes, _) = canvas.encode("image/png", 1.0).await.ok_or(InkError::Failed)?;
    Ok(Inked { bytes, width, height })
}

/// The pad on the screen.
struct Pad {
    canvas: HtmlCanvasElement,
    context: Option<CanvasRenderingContext2d>,
    strokes: Strokes,
    cleared: Option<Strokes>,
    /// The pointer that draws.
    pointer: Option<i32>,
    /// A pen has been here: fingers are palms from now on.
    pen: bool,
    /// Size on the screen and pixels per pixel, as last fitted.
    size: (f64, f64, f64),
}

impl Pad {
    fn new(canvas: HtmlCanvasElement) -> Pad {
        let context = canvas::context(&canvas);
        let (strokes, size) = (Strokes::default(), (0.0, 0.0, 0.0));
        Pad { canvas, context, strokes, cleared: None, pointer: None, pen: false, size }
    }

    /// Adopts the size that the page gives the canvas now.
    fn fit(&mut self) {
        const SHARPEST: f64 = 3.0;
        let ratio = reach::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, SHARPEST);
        let size = (f64::from(self.canvas.client_width()), f64::from(self.canvas.client_height()), ratio);
        // A hidden pad has no size; it keeps its ink and is fitted when it is shown.
        if size == self.size || size.0 < 1.0 || size.1 < 1.0 {
            return;
        }
        self.size = size;
        self.canvas.set_width((size.0 * ratio).round() as u32);
        self.canvas.set_height((size.1 * ratio).round() as u32);
        self.begin();
        self.redraw();
    }

    fn view(&self) -> View {
        View::fitting(&self.strokes, self.size.0, self.size.1)
    }

    /// An empty pad takes the present size as its own, and so does one that got its name before it had a size.
    fn begin(&mut self) {
        if (self.strokes.is_empty() || self.strokes.width <= 0.0) && self.size.0 > 0.0 {
            (self.strokes.width, self.strokes.height) = (self.size.0 as f32, self.size.1 as f32);
        }
    }

    fn redraw(&self) {
        let Some(context) = &self.context else { return };
        let _ = context.reset_transform();
        context.clear_rect(0.0, 0.0, f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        self.prepare(context);
        paint::all(context, &self.strokes);
    }

    fn prepare(&self, context: &CanvasRenderingContext2d) {
        let style = reach::window().and_then(|window| window.get_computed_style(&self.canvas).ok().flatten());
        let colour = style.and_then(|style| style.get_property_value("color").ok());
        paint::dip(context, colour.as_deref().unwrap_or("#000"));
        self.view().apply(context, self.size.2);
    }

    /// Takes a pointer event; tells whether a stroke has ended.
    fn pointer(&mut self, event: &Event) -> bool {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return false };
        let own = self.pointer == Some(event.pointer_id());
        match event.type_().as_str() {
            "pointerdown" => {
                self.down(event);
                false
            }
            "pointermove" if own => {
                event.prevent_default();
                self.follow(event);
                false
            }
            // When the system takes the pointer away, what is drawn stays.
            "pointerup" | "pointercancel" | "lostpointercapture" if own => self.stop(),
            _ => false,
        }
    }

    fn down(&mut self, event: &PointerEvent) {
        let is_pen = event.pointer_type() == "pen";
        let palm = self.pen && event.pointer_type() == "touch";
        let busy = self.pointer.is_some() && (self.pen || !is_pen);
        if event.button() != 0 || palm || busy || self.strokes.is_full() {
            return;
        }
        event.prevent_default();
        if self.stop() && is_pen && !self.pen {
            // The palm came down before the pen: what it drew is no ink.
            self.strokes.lines.pop();
            self.redraw();
        }
        self.pen |= is_pen;
        self.fit();
        self.begin();
        self.cleared = None;
        let _ = self.canvas.set_pointer_capture(event.pointer_id());
        self.pointer = Some(event.pointer_id());
        let point = self.point(event);
        self.strokes.lines.push(vec![point]);
    }

    /// Adds the points of a move, those between two frames included, and draws them.
    fn follow(&mut self, event: &PointerEvent) {
        /// Nearer points only make the line tremble.
        const STEP: f32 = 0.7;
        let between = reach::call(event, "getCoalescedEvents", &[]).map(|list| js_sys::Array::from(&list));
        let mut points: Vec<_> = match between {
            Ok(list) => list.iter().filter_map(|one| Some(self.point(one.dyn_ref()?))).collect(),
            Err(_) => Vec::new(),
        };
        if points.is_empty() {
            points.push(self.point(event));
        }
        if self.strokes.is_full() {
            return;
        }
        let Some(line) = self.strokes.lines.last_mut() else { return };
        let from = line.len();
        for (x, y) in points {
            let far = line.last().is_none_or(|last| (last.0 - x).hypot(last.1 - y) >= STEP);
            if far && x.is_finite() && y.is_finite() {
                line.push((x, y));
            }
        }
        if let (Some(context), Some(line)) = (&self.context, self.strokes.lines.last()) {
            self.prepare(context);
            paint::some(context, line, from);
        }
    }

    /// Ends the stroke that is being drawn, if any.
    fn stop(&mut self) -> bool {
        if self.pointer.take().is_none() {
            return false;
        }
        if let (Some(context), Some(line)) = (&self.context, self.strokes.lines.last()) {
            self.prepare(context);
            paint::end(context, line);
        }
        true
    }

    fn point(&self, event: &PointerEvent) -> strokes::Point {
        let place = self.canvas.get_bounding_client_rect();
        let x = f64::from(event.client_x()) - place.left() - f64::from(self.canvas.client_left());
        let y = f64::from(event.client_y()) - place.top() - f64::from(self.canvas.client_top());
        self.view().back(x, y)
    }
}

/// Watches the size of an element.
struct Watch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Watch {
    fn over(canvas: &HtmlCanvasElement, mut resized: impl FnMut() + 'static) -> Option<Watch> {
        reach::of_window("ResizeObserver")?;
        let callback = Closure::new(move |_: JsValue| resized());
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(canvas);
        Some(Watch { observer, _callback: callback })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
