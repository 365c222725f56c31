//! Head and foot of a printed page: letterhead, code and number, filing, page, and the code that leads to *Verify*.

use super::seal::qr;
use crate::browser::picture;
use crate::i18n::{t, tf, words};
use crate::store::settings::{Profile, logo};
use leptos::prelude::*;
use sitebook_core::print::FormView;

/// What is needed to draw the heads of all pages of one form.
#[derive(Clone)]
pub struct Letterhead {
    company: String,
    reach: String,
    logo: Option<StoredValue<picture::ObjectUrl, LocalStorage>>,
}

impl Letterhead {
    /// The letterhead of a form. Address, telephone and logo are those of the profile, so they stand only below the
    /// profile's company: never below another company's name, nor on a paper that leaves the name open.
    pub fn of(view: &FormView) -> Letterhead {
        let profile = Profile::here();
        let own = profile.with(|settings| settings.company.clone());
        let company = if view.blank && view.own { own.clone() } else { view.company.clone() };
        if !view.own || company != own {
            return Letterhead { company, reach: String::new(), logo: None };
        }
        let (address, phone) = profile.with(|settings| (settings.address.clone(), settings.office_phone.clone()));
        let reach = [address, phone].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　");
        let url = logo().and_then(|bytes| picture::object_url(&bytes, "image/*"));
        Letterhead { company, reach, logo: url.map(StoredValue::new_local) }
    }

    /// The head of a page.
    pub fn head(&self, view: &FormView) -> AnyView {
        let logo = self.logo.map(|url| {
            let src = url.with_value(|url| url.as_str().to_owned());
            view! { <img class="page-logo" src=src alt=""/> }
        });
        let company = if self.company.is_empty() {
            view! { <span class="page-company is-open"></span> }.into_any()
        } else {
            view! { <span class="page-company">{self.company.clone()}</span> }.into_any()
        };
        let version = view.version;
        let number = match view.number.as_str() {
            "" => view! { <span class="page-number is-open">{t(&words::PAPER_NUMBER)}</span> }.into_any(),
            number => {
                let number = number.to_owned();
                view! { <span class="page-number">{t(&words::PAPER_NUMBER)} " " {number}</span> }.into_any()
            }
        };
        // A list has neither code nor number.
        let which = (!view.code.is_empty()).then(|| {
            view! {
                <div class="page-which">
                    <span class="page-code">{view.code.clone()} " " {t(&words::PAPER_VERSION)} " " {version}</span>
                    {number}
                </div>
            }
        });
        view! {
            <header class="page-head">
                {logo}
                <div class="page-who">
                    {company}
                    <span class="page-reach">{self.reach.clone()}</span>
                </div>
                {which}
                {view.seal.as_ref().map(qr)}
            </header>
        }
        .into_any()
    }

    /// The foot of a page.
    pub fn foot(&self, view: &FormView, number: usize, count: usize) -> AnyView {
        let page = tf(move || words::PAPER_PAGE.with(&[&number.to_string(), &count.to_string()]));
        let seal = view.seal.as_ref().map(|code| {
            let code = code.to_string();
            view! { <span class="page-check">{t(&words::PAPER_CHECK)} " " {code}</span> }
        });
        let keep = (!view.keep.is_empty()).then(|| view! { {t(&words::PAPER_KEEP)} " " {view.keep.clone()} });
        view! {
            <footer class="page-foot">
                <span>{keep}</span>
                <span class="page-count">{page}</span>
                <span>{seal}</span>
            </footer>
        }
        .into_any()
    }
}
