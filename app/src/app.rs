//! The route table: one line per room for its pages, one for its forms.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use leptos_router::components::{Router as PageRouter, Routes};
use server::Core;
use server::identity::limit::Floods;

use crate::access::{self, Denied};
use crate::home::{self, HomeRoutes};
use crate::identity::{self, IdentityRoutes};
use crate::inbox::{self, InboxRoutes};
use crate::jobs::{self, JobsRoutes};
use crate::notices::{self, NoticesRoutes};
use crate::people::{self, PeopleRoutes};
use crate::points::PointsRoutes;
use crate::scan::ScanRoutes;
use crate::shell::{Style, shell};
use crate::today::TodayRoutes;
use crate::ui::Site;
use crate::ui::page::ErrorPage;
use crate::ui::request;
use crate::voting::{self, OfflineRoutes, VotingRoutes};

/// The page of the request in context.
#[component]
pub fn Pages() -> impl IntoView {
    let denied = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Denied>().cloned());
    if let Some(Denied(error)) = denied {
        return view! { <ErrorPage error=error /> }.into_any();
    }
    view! {
        <PageRouter>
            <Routes fallback=|| view! { <ErrorPage error=contract::Error::NotFound /> }>
                <HomeRoutes />
                <IdentityRoutes />
                <TodayRoutes />
                <JobsRoutes />
                <InboxRoutes />
                <NoticesRoutes />
                <PeopleRoutes />
                <PointsRoutes />
                <ScanRoutes />
                <VotingRoutes />
                <OfflineRoutes />
            </Routes>
        </PageRouter>
    }
    .into_any()
}

/// The forms that pages post, and what is no page: streams and files.
fn forms(core: &Core) -> Router<Site> {
    Router::new()
        .merge(home::forms())
        .merge(identity::forms())
        .merge(jobs::forms())
        .merge(inbox::forms())
        .merge(notices::forms())
        .merge(people::forms())
        .merge(voting::forms())
        .merge(voting::offline_forms())
        .merge(server::inbox::http::routes(core))
}

/// Every address of pages and forms, for the access matrix. axum lists a router's addresses only in its
/// debug text; that text is read here and nowhere else.
pub fn addresses(core: &Core) -> Vec<String> {
    let forms = format!("{:?}", forms(core));
    let forms = forms.split('"').filter(|text| text.starts_with('/') && !text.contains('*')).map(str::to_owned);
    pages().into_iter().chain(forms).collect()
}

/// The address of every page.
pub fn pages() -> Vec<String> {
    generate_route_list(Pages).iter().map(|page| page.path().to_owned()).collect()
}

/// Pages and forms of every room; what the server's own router does not know is answered here.
///
/// # Errors
/// When the site folder holds no build (`cargo xtask run` makes one).
pub fn compose(core: Core) -> std::io::Result<Router> {
    let options = crate::shell::options(&core.config)?;
    let style = Style::read(&options)?;
    let floods = Floods::new(core.config.forms_per_address, core.config.forms_per_account);
    let site = Site { core, options, shell, floods: floods.into() };
    let context = site.clone();
    let app = site.options.clone();
    Ok(Router::new()
        .leptos_routes_with_context(
            &site,
            generate_route_list(Pages),
            move || {
                provide_context(style.clone());
                request::provide(&context);
            },
            move || shell(app.clone()),
        )
        .merge(forms(&site.core))
        .layer(from_fn_with_state(site.clone(), access::guard))
        .fallback(unknown)
        .with_state(site))
}

/// Nothing is at this address: the router inside draws the 404 page.
async fn unknown(State(site): State<Site>, request: Request) -> Response {
    page(site, request).await
}

/// Draws the page of a request, whatever address it has.
pub async fn page(site: Site, request: Request) -> Response {
    let (context, options) = (site.clone(), site.options.clone());
    let render = leptos_axum::render_app_async_with_context(
        move || request::provide(&context),
        move || (site.shell)(options.clone()),
    );
    render(request).await
}
