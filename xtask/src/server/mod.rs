//! A small static server for this machine, which behaves as a well-configured host does.
//!
//! It sends the headers of `policy`, serves below any path, and sends the `.br` file where there is
//! one. When it stops, open connections end too, so a test can take the network away for good.
//! It only reads: GET and HEAD.

mod request;

use anyhow::{Context, Result, bail};
use std::{
    collections::HashMap,
    io,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder; read anew for each request.
    pub dir: PathBuf,
    /// The address to listen on, such as `127.0.0.1`.
    pub host: String,
    /// Exactly this port (0: any free one); `None`: the first free one from `first_port`.
    pub port: Option<u16>,
    /// Where to begin to look.
    pub first_port: u16,
    /// The path under which the folder appears; begins and ends with `/`.
    pub base: String,
}

impl Settings {
    /// This folder, on a free port of this machine, at `/`.
    #[must_use]
    pub fn local(dir: PathBuf) -> Settings {
        Settings { dir, host: "127.0.0.1".into(), port: Some(0), first_port: 0, base: "/".into() }
    }
}

/// A running server; dropping it stops it.
pub struct Server {
    local: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

struct Shared {
    settings: Settings,
    stopped: AtomicBool,
    next: AtomicU64,
    open: Mutex<HashMap<u64, TcpStream>>,
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, HashMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    /// Listens, and answers from threads of its own.
    pub fn start(mut settings: Settings) -> Result<Server> {
        settings.base = request::base(&settings.base)?;
        let listener = listen(&settings)?;
        let local = listener.local_addr()?;
        let shared = Arc::new(Shared {
            settings,
            stopped: AtomicBool::new(false),
            next: AtomicU64::new(0),
            open: Mutex::default(),
        });
        let accepting = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Ok(Server { local, shared, accepting: Some(accepting) })
    }

    /// The address to open, with the base path.
    #[must_use]
    pub fn address(&self) -> String {
        let host = match self.local {
            SocketAddr::V6(address) if !address.ip().is_unspecified() => {
                format!("[{}]", address.ip())
            }
            address if address.ip().is_unspecified() => "localhost".into(),
            address => address.ip().to_string(),
        };
        format!("http://{host}:{}{}", self.local.port(), self.shared.settings.base)
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.local.port()
    }

    /// Stays here until the server is stopped, which for the command line is never.
    pub fn wait(mut self) {
        if let Some(thread) = self.accepting.take() {
            let _ = thread.join();
        }
    }

    /// Stops listening and ends all connections.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let Some(thread) = self.accepting.take() else {
            return;
        };
        self.shared.stopped.store(true, Ordering::SeqCst);
        // A connection of our own wakes the thread that waits for one.
        let mut own = self.local;
        if own.ip().is_unspecified() {
            own.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        let _ = TcpStream::connect_timeout(&own, Duration::from_secs(1));
        let _ = thread.join();
        for stream in self.shared.open().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn listen(settings: &Settings) -> Result<TcpListener> {
    let host = settings.host.as_str();
    if let Some(port) = settings.port {
        return TcpListener::bind((host, port)).with_context(|| format!("cannot listen on {host}:{port}"));
    }
    let last = settings.first_port.saturating_add(50);
    for port in settings.first_port..=last {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on {host}:{port}"));
            }
        }
    }
    bail!("no free port on {host} from {} to {last}", settings.first_port)
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let Ok(handle) = stream.try_clone() else {
            continue;
        };
        let id = shared.next.fetch_add(1, Ordering::SeqCst);
        shared.open().insert(id, handle);
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            // A visitor that goes away in the middle is no news.
            let _ = request::converse(&stream, &shared.settings);
            shared.open().remove(&id);
        });
    }
}
