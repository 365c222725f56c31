//! The web server of a journey. It can be taken away and come back under the same address.

use anyhow::Result;
use std::path::{Path, PathBuf};
use xtask::server::{Server, Settings};

/// A build, served on this machine.
pub struct Site {
    settings: Settings,
    server: Option<Server>,
    address: String,
}

impl Site {
    /// Serves a folder at the root of a free port.
    pub fn serve(folder: &Path) -> Result<Site> {
        Site::serve_below(folder, "/")
    }

    /// Serves a folder under a path.
    pub fn serve_below(folder: &Path, base: &str) -> Result<Site> {
        let mut settings = Settings::local(PathBuf::from(folder));
        settings.base = base.to_owned();
        let server = Server::start(settings.clone())?;
        settings.port = Some(server.port());
        let address = server.address();
        Ok(Site { settings, server: Some(server), address })
    }

    /// The address of the app, with a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The network is gone: nobody listens any more and open connections end.
    pub fn off(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
    }

    /// The network is back.
    pub fn on(&mut self) -> Result<()> {
        if self.server.is_none() {
            self.server = Some(Server::start(self.settings.clone())?);
        }
        Ok(())
    }
}
