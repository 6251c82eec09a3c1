//! A PostgreSQL cluster of our own, thrown away when we end, however we end.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::files;
use crate::layout::Layout;
use crate::setup;

/// The account that Debian makes for PostgreSQL, which refuses to run as root.
const ACCOUNT: &str = "postgres";

/// How long a cluster may take to come up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes a cluster and runs it until our end of the pipe closes, which the kernel does even when
/// we are killed; then stops it at once and deletes its files. It asks more than once, since the
/// cluster may still be in the making. Arguments: programs, data, port.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
{
    "$1/initdb" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 --lc-collate C \
        --no-sync --pgdata "$2" &&
    exec "$1/postgres" -D "$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c max_connections=200 -c shared_buffers=64MB -c max_pred_locks_per_transaction=256
} </dev/null >"$2.log" 2>&1 &
server=$!
cat >/dev/null
while kill -INT $server 2>/dev/null; do sleep 0.1; done
rm -rf "$2" "$2.log"
"#;

/// A running cluster; dropping it stops it.
pub struct Cluster {
    watchdog: Child,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster on a free port of 127.0.0.1, without passwords.
    ///
    /// # Errors
    /// When PostgreSQL is missing (see `setup`) or does not come up.
    pub fn start(layout: &Layout) -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = home(layout)?.join(port.to_string());
        let mut watchdog = as_owner(Path::new("sh"));
        watchdog.args(["-c", WATCHDOG, "sh"]).arg(&programs).arg(&data).arg(port.to_string());
        watchdog.stdin(Stdio::piped()).current_dir("/");
        let cluster = Self { watchdog: watchdog.spawn().context("starting PostgreSQL")?, port };
        cluster.await_ready(&programs, &data.with_extension("log"))?;
        Ok(cluster)
    }

    /// The URL of the cluster's first database, from which tests make their own.
    pub fn url(&self) -> String {
        format!("postgres://{ACCOUNT}@127.0.0.1:{}/postgres", self.port)
    }

    fn await_ready(&self, programs: &Path, log: &Path) -> Result<()> {
        let (began, port) = (Instant::now(), self.port.to_string());
        let ready = ["--host", "127.0.0.1", "--port", &port];
        while !command::succeeds(programs.join("pg_isready"), &ready) {
            if began.elapsed() > PATIENCE {
                bail!("PostgreSQL stays down\n{}", fs::read_to_string(log).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        if let Err(error) = self.watchdog.wait() {
            eprintln!("PostgreSQL may still be running: {error}");
        }
    }
}

/// The newest PostgreSQL's programs, in Debian's place.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.flatten().map(|entry| entry.path()).max_by_key(number)?;
    Some(newest.join("bin")).filter(|bin| bin.join("initdb").exists())
}

/// `program` under the account that owns the cluster.
fn as_owner(program: &Path) -> Command {
    if setup::is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", ACCOUNT, "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// A folder that the owner can reach and write: below `target`, unless that lies out of its reach.
fn home(layout: &Layout) -> Result<PathBuf> {
    for base in [layout.scratch(), std::env::temp_dir().join("hs-xtask")] {
        let home = base.join("postgres");
        fs::create_dir_all(&home).with_context(|| home.display().to_string())?;
        if setup::is_root() {
            command::output(Command::new("chown").arg(ACCOUNT).arg(&home))?;
        }
        let reached = as_owner(Path::new("test")).arg("-w").arg(&home).current_dir("/").status();
        if reached.is_ok_and(|status| status.success()) {
            return Ok(home);
        }
        files::remove(&home)?;
    }
    bail!("no folder that the account `{ACCOUNT}` can write")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "needs PostgreSQL's programs; run by hand after changing this file"]
    fn a_cluster_answers_and_leaves_nothing_behind() -> Result<()> {
        let layout = Layout::here();
        let cluster = Cluster::start(&layout)?;
        let mut psql = Command::new("psql");
        psql.args(["--tuples-only", "--no-align", "--command", "show fsync", &cluster.url()]);
        let answer = command::output(&mut psql)?;
        let data = home(&layout)?.join(cluster.port.to_string());
        assert_eq!(answer.trim(), "on");
        assert!(data.exists());
        drop(cluster);
        assert!(!data.exists());
        Ok(())
    }
}
