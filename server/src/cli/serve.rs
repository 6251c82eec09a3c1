//! Serving until told to stop, then finishing what was accepted.

use crate::core::Core;
use crate::error::{Error, Result};
use crate::jobs::Group;
use crate::{demo, events, identity, jobs, notices, points};
use axum::Router;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long open requests may take to end once the server is told to stop.
const GRACE: Duration = Duration::from_secs(8);

/// Jobs done at once.
const WORKERS: usize = 4;
/// Beside them, jobs that wait for programs of others: a gateway that does not answer holds up no other work.
const OUTSIDE: usize = 4;

/// Serves `router` with its background work until SIGINT or SIGTERM.
pub(super) async fn serve(core: Core, router: Router) -> Result<()> {
    let listener = TcpListener::bind(&core.config.addr)
        .await
        .map_err(|e| Error::internal(format!("cannot listen on {}: {e}", core.config.addr)))?;
    let stopped = core.stopping.subscribe();
    let work = |group| tokio::spawn(jobs::run(core.clone(), jobs::Handlers::all(), group, stopped.clone()));
    let groups = [(Group::Inside, WORKERS), (Group::Outside, OUTSIDE)];
    let mut background: Vec<_> = groups.iter().flat_map(|(group, n)| (0..*n).map(|_| work(*group))).collect();
    background.extend([
        tokio::spawn(events::run_sealer(core.clone(), stopped.clone())),
        tokio::spawn(events::run_follower(core.clone(), points::FOLLOWER, stopped.clone())),
        tokio::spawn(jobs::run_purger(core.clone(), stopped.clone())),
        tokio::spawn(identity::run_forgetter(core.clone(), stopped.clone())),
        tokio::spawn(notices::run_meter(core.clone(), stopped.clone())),
    ]);
    if core.config.public_url.starts_with("https:") && core.config.proxies == 0 {
        tracing::warn!("HS_PROXIES is 0: behind a proxy, limits by address would count everybody as one");
    }
    println!("HS慧力生活: {}", core.config.public_url);
    if core.config.demo {
        print_logins();
    }
    let mut until = stopped.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = until.changed().await;
    });
    let mut server = tokio::spawn(async move { server.await });
    tokio::select! {
        ended = &mut server => return ended.map_err(Error::internal)?.map_err(Error::internal),
        () = asked_to_stop() => {}
    }
    tracing::info!("stopping");
    core.stopping.send_replace(true);
    let _ = tokio::time::timeout(GRACE, server).await;
    for task in background {
        let _ = tokio::time::timeout(GRACE, task).await;
    }
    core.db.close().await;
    Ok(())
}

/// The sign-in page shows the code; staff also see the second factor's.
fn print_logins() {
    println!("演示登录 / demo logins (the sign-in page shows the codes):");
    for login in demo::LOGINS {
        println!("  {}  {:<18} {}", login.phone, login.code, login.name);
    }
}

async fn asked_to_stop() {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::warn!(%error, "cannot listen for SIGTERM");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}
