//! Sitebook: the service book of an on-site engineer. Mounts the app; everything else is in its rooms.
//!
//! `pages` show, `widgets` draw, `store` writes and reads, `browser` talks to the browser; rules live in
//! `sitebook-core`. See ARCHITECTURE.md.

mod app;
mod browser;
mod i18n;
mod later;
mod pages;
mod reader;
mod route;
mod spreadsheet;
mod store;
mod widgets;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
