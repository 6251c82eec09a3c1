//! How much waits to be sent, for operators: the gauge `notices_queued` by channel.

use super::store::deliveries;
use crate::core::Core;
use crate::error::Result;
use contract::notices::Channel;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is counted.
const ROUND: Duration = Duration::from_secs(15);

/// Counts until told to stop.
pub async fn run_meter(core: Core, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = measure(&core).await {
            tracing::warn!(%error, "queued messages could not be counted");
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn measure(core: &Core) -> Result<()> {
    let counts = deliveries::queued(&mut *core.db.read().await?).await?;
    for channel in Channel::ALL {
        let count = counts.iter().find(|(code, _)| code == channel.code()).map_or(0, |(_, count)| *count);
        metrics::gauge!("notices_queued", "channel" => channel.code()).set(count as f64);
    }
    Ok(())
}
