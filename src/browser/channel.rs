//! Talk between the pages of this app on this device.

use super::listener::Listener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that is open until it is dropped.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Channel {
    /// Opens the channel `name`; `on_message` hears what other pages post, never what this one posts. `None` where
    /// pages cannot talk.
    pub fn open(name: &str, on_message: impl Fn(String) + 'static) -> Option<Channel> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Listener::on(&channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(message) = message {
                on_message(message);
            }
        });
        Some(Channel { channel, _listener: listener })
    }

    /// Posts to all other pages.
    pub fn post(&self, message: &str) {
        let _ = self.channel.post_message(&JsValue::from_str(message));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
