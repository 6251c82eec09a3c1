//! `/v/{code}`: where a poster's code leads.

use contract::voting::PosterTarget;
use contract::{Error, Refusal};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;
use server::voting;

use crate::ui::page::load;
use crate::ui::*;

/// On to the ballot, which sends to the sign-in and back where needed; a page of its own for a code
/// that is none of ours.
#[component]
pub fn PosterLink() -> impl IntoView {
    let core = core();
    let code = use_params_map().read_untracked().get("code").unwrap_or_default();
    load(async move { known(voting::resolve_code(&core, &code).await) }, |target| match target {
        Some(target) => {
            leptos_axum::redirect(&format!("/voting/{}", target.vote));
            ().into_any()
        }
        None => view! { <UnknownCode /> }.into_any(),
    })
}

/// An unknown code is an answer with a page of its own, not an error.
fn known(found: server::Result<PosterTarget>) -> server::Result<Option<PosterTarget>> {
    match found {
        Ok(target) => Ok(Some(target)),
        Err(server::Error::Public(Error::Refused(Refusal::UnknownCode))) => Ok(None),
        Err(error) => Err(error),
    }
}

#[component]
fn UnknownCode() -> impl IntoView {
    let ui = ui();
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! {
        <StepPage title=tr!(ui, "voting.title") back="/">
            <section class="empty">
                <Icon name="qr-code" />
                <h1>{tr!(ui, "voting.unknown_code")}</h1>
                <p>{tr!(ui, "voting.unknown_code_text")}</p>
                <ButtonLink href="/scan" look=Look::Main>{tr!(ui, "voting.scan")}</ButtonLink>
            </section>
        </StepPage>
    }
}
