//! The built program over a city: its pages as a phone asks for them, its memory at rest.

use crate::{Failure, Folder};
use contract::identity::{CodeRequest, SecondFactor, SecondFactorState, SignIn, cookie};
use server::Core;
use server::demo::LOGINS;
use server::identity::{self, Caller};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to open its database.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it ends with this value.
pub struct Site {
    program: Child,
    origin: String,
    client: reqwest::Client,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Site {
    /// Starts the program that `HS_BIN` names over the folder's database, on a free port.
    pub async fn start(folder: &Folder) -> Result<Self, Failure> {
        let bin = std::env::var("HS_BIN").map_err(|_| "HS_BIN names no program: run by `cargo xtask bench`")?;
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let program = Command::new(bin)
            .arg("serve")
            .env("DATABASE_URL", folder.url())
            .env("HS_DATA", &folder.0)
            .env("HS_DEMO", "1")
            .env("HS_ADDR", address.to_string())
            .env("HS_LOG", "error")
            .stdout(Stdio::null())
            .spawn()?;
        let site = Self { program, origin: format!("http://{address}"), client: reqwest::Client::new() };
        let began = Instant::now();
        while site.client.get(format!("{}/readyz", site.origin)).send().await.is_err() {
            if began.elapsed() > PATIENCE {
                return Err("the server does not come up".into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(site)
    }

    /// How long the page takes, its last byte included.
    pub async fn page(&self, path: &str, session: &str) -> Result<Duration, Failure> {
        let began = Instant::now();
        let request = self.client.get(format!("{}{path}", self.origin));
        let answer = request.header("cookie", format!("{}={session}", cookie::SESSION)).send().await?;
        let (status, bytes) = (answer.status(), answer.bytes().await?);
        let taken = began.elapsed();
        if status.as_u16() != 200 || bytes.is_empty() {
            return Err(format!("{path} answers {status}").into());
        }
        Ok(taken)
    }

    /// See [`memory_mb`].
    pub fn memory_mb(&self) -> Result<f64, Failure> {
        memory_mb(self.program.id())
    }
}

/// Resident memory of a process, in MB (10⁶ bytes).
pub fn memory_mb(process: u32) -> Result<f64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1_024.0 / 1_000_000.0)
}

/// Signs a demo login in, with its second factor where it has one, and gives the session's token.
pub async fn sign_in(core: &Core, login: &str) -> Result<String, Failure> {
    let known = LOGINS.iter().find(|known| known.code == login).ok_or("no such demo login")?;
    let phone = known.phone.to_owned();
    let guest = Caller::default();
    let request = CodeRequest { phone: phone.clone() };
    let sent = identity::request_code(&guest, core, request, Ipv4Addr::LOCALHOST.into()).await?;
    let code = sent.shown.ok_or("the demo shows its codes")?;
    let signed_in = identity::sign_in(&guest, core, SignIn { phone, code }).await?;
    if !signed_in.staff {
        return Ok(signed_in.token);
    }
    let caller = identity::caller_of(core, &signed_in.token).await?;
    let SecondFactorState::Ready { shown: Some(code) } = identity::second_factor(&caller, core).await? else {
        return Err("the demo shows its second factor".into());
    };
    Ok(identity::verify_second_factor(&caller, core, SecondFactor { code }).await?)
}
