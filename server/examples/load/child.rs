//! The server that gets killed: the verb `cast` behind one route, and the sealer.

use crate::Failure;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use contract::voting::{CastBallot, Receipt};
use server::config::Config;
use server::voting::{self, testing};
use server::{Core, events};

/// Serves on a free port of 127.0.0.1, says which on the first line of stdout, and ends with the parent.
pub async fn serve() -> Result<(), Failure> {
    let core = Core::open(Config::from_env()?).await?;
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(events::run_sealer(core.clone(), stopped));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let router = Router::new().route("/cast/{head}", post(cast)).with_state(core);
    Ok(axum::serve(listener, router).await?)
}

/// Casts as the n-th head. The refusal's code goes out as text with its status.
async fn cast(
    State(core): State<Core>,
    Path(head): Path<usize>,
    Json(ballot): Json<CastBallot>,
) -> Result<Json<Receipt>, (StatusCode, String)> {
    voting::cast(&testing::voter(head), &core, ballot).await.map(Json).map_err(|error| {
        let public = error.public();
        let status = StatusCode::from_u16(public.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, public.to_string())
    })
}
