//! What gateways say became of the messages that they took.

use super::store::deliveries;
use super::topic;
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use contract::notices::{Channel, ReceiptBatch};

/// Notes a batch of receipts; how many were news. A receipt that comes again, late or for a message unknown
/// here changes nothing. The caller has shown that they are the channel's gateway.
///
/// # Errors
/// The database's own trouble.
pub(super) async fn receive(core: &Core, channel: Channel, batch: ReceiptBatch) -> Result<usize> {
    core.db.write((channel, batch), |tx, (channel, batch)| Box::pin(note(tx, *channel, batch))).await
}

async fn note(tx: &mut Tx, channel: Channel, batch: &ReceiptBatch) -> Result<usize> {
    let (now, mut news) = (tx.now(), 0);
    for receipt in &batch.receipts {
        let changed = deliveries::set_received(tx.conn(), channel, &receipt.key, receipt.status, now).await?;
        if let Some(notice) = changed {
            news += 1;
            tx.change(topic(&notice));
        }
    }
    Ok(news)
}
