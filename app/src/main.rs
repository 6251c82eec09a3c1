//! The program `hs`: the server's foundations with the pages on top.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::main(async |core| app::compose(core.clone()).map_err(server::Error::internal)).await
}
