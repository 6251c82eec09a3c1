//! 扫一扫: camera, and the code typed.

use contract::voting::PosterTarget;
use contract::{Error, Refusal};
use leptos::prelude::*;
use serde::Deserialize;
use server::voting;

use super::islands::{Scanner, ScannerTexts};
use super::link;
use crate::ui::page::{load, query};
use crate::ui::*;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A code or a whole link as typed; empty shows the scanner alone.
    code: String,
}

/// The page; a typed code of ours leads on.
#[component]
pub fn ScanPage() -> impl IntoView {
    let core = core();
    let Asked { code } = query();
    let typed = code.clone();
    let look = async move {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let code = link::code(&typed, &[&core.config.public_url]).unwrap_or(typed);
        known(voting::resolve_code(&core, &code).await)
    };
    load(look, move |target| match target {
        Some(target) => {
            leptos_axum::redirect(&format!("/voting/{}", target.vote));
            ().into_any()
        }
        None => view! { <Scan typed=code /> }.into_any(),
    })
}

/// An unknown code is told beside its field.
fn known(found: server::Result<PosterTarget>) -> server::Result<Option<PosterTarget>> {
    match found {
        Ok(target) => Ok(Some(target)),
        Err(server::Error::Public(Error::Refused(Refusal::UnknownCode))) => Ok(None),
        Err(error) => Err(error),
    }
}

#[component]
fn Scan(typed: String) -> impl IntoView {
    let ui = ui();
    let texts = ScannerTexts {
        starting: tr!(ui, "scan.starting"),
        aim: tr!(ui, "scan.aim"),
        foreign: tr!(ui, "scan.foreign"),
        found: tr!(ui, "scan.found"),
        denied: tr!(ui, "scan.denied"),
        no_camera: tr!(ui, "scan.no_camera"),
        torch_on: tr!(ui, "scan.torch_on"),
        torch_off: tr!(ui, "scan.torch_off"),
        again: tr!(ui, "scan.again"),
    };
    let unknown = !typed.is_empty();
    view! {
        <TabPage title=tr!(ui, "scan.title") tab=Tab::Scan>
            <section>
                <p class="muted">{tr!(ui, "scan.lead")}</p>
                <Scanner site=core().config.public_url.clone() texts=texts />
            </section>
            <section aria-labelledby="typed">
                <h2 id="typed">{tr!(ui, "scan.typed")}</h2>
                {unknown.then(|| view! { <Notice tone=Tone::Error><p>{tr!(ui, "scan.unknown")}</p></Notice> })}
                <form class="form typed-code" method="get" action="/scan">
                    <Field
                        name="code"
                        label=tr!(ui, "scan.code")
                        hint=tr!(ui, "scan.code_hint")
                        value=typed
                        autocomplete="off"
                        maxlength=200
                    />
                    <Button look=Look::Main>{tr!(ui, "scan.open")}</Button>
                </form>
            </section>
        </TabPage>
    }
}
