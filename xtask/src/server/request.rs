//! One connection: reads requests, finds the file, writes the answer.

use super::Settings;
use crate::policy;
use anyhow::{Result, bail};
use std::{
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    time::Duration,
};

const LONGEST_HEAD: u64 = 16 * 1024;
const IDLE: Duration = Duration::from_secs(60);

/// Answers the requests of one connection until the visitor closes it or says so.
pub fn converse(stream: &TcpStream, settings: &Settings) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader)? {
        let answer = answer(&request, settings);
        let mut out = answer.head(request.keep_open);
        if request.method != "HEAD" {
            out.extend_from_slice(&answer.body);
        }
        (&*stream).write_all(&out)?;
        if !request.keep_open {
            break;
        }
    }
    Ok(())
}

/// The path under which the app appears, with a slash at both ends.
pub fn base(text: &str) -> Result<String> {
    let inner = text.trim_matches('/');
    if !inner.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b)) || inner.contains("..") {
        bail!("--base wants a path such as /some/path/, not `{text}`");
    }
    Ok(if inner.is_empty() { "/".into() } else { format!("/{inner}/") })
}

#[derive(Debug, Default)]
struct Request {
    method: String,
    target: String,
    keep_open: bool,
    takes_brotli: bool,
}

impl Request {
    /// The next request; `None` when the visitor has gone.
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
        let mut head = reader.take(LONGEST_HEAD);
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_ascii_whitespace();
        let mut request = Request {
            method: words.next().unwrap_or_default().to_owned(),
            target: words.next().unwrap_or_default().to_owned(),
            keep_open: words.next() == Some("HTTP/1.1"),
            takes_brotli: false,
        };
        loop {
            let mut line = String::new();
            if head.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let value = value.trim();
            if name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close") {
                request.keep_open = false;
            } else if name.eq_ignore_ascii_case("accept-encoding") {
                request.takes_brotli =
                    value.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == "br"));
            } else if name.eq_ignore_ascii_case("content-length") && value != "0" {
                // We read no bodies; what follows would be taken for the next request.
                request.keep_open = false;
            }
        }
        Ok(Some(request))
    }
}

struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn words(status: &'static str) -> Answer {
        let headers =
            vec![("Content-Type", "text/plain; charset=utf-8".to_owned()), ("Cache-Control", "no-store".to_owned())];
        Answer { status, headers, body: format!("{status}\n").into_bytes() }
    }

    fn head(&self, keep_open: bool) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.status);
        for (name, value) in self.headers.iter().cloned().chain(policy::headers()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        if !keep_open {
            head.push_str("Connection: close\r\n");
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

fn answer(request: &Request, settings: &Settings) -> Answer {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Answer::words("405 Method Not Allowed");
    }
    let path = request.target.split(['?', '#']).next().unwrap_or_default();
    if format!("{path}/") == settings.base {
        let mut answer = Answer::words("301 Moved Permanently");
        answer.headers.push(("Location", settings.base.clone()));
        return answer;
    }
    let Some(inner) = path.strip_prefix(&settings.base) else {
        return Answer::words("404 Not Found");
    };
    let Some(inner) = decode(inner) else {
        return Answer::words("400 Bad Request");
    };
    let Some(file) = locate(&settings.dir, &inner) else {
        return Answer::words("404 Not Found");
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut headers = vec![
        ("Content-Type", policy::media_type(&name).to_owned()),
        ("Cache-Control", policy::cache_control(&name).to_owned()),
    ];
    let packed = file.with_file_name(format!("{name}.br"));
    let body = if packed.is_file() {
        headers.push(("Vary", "Accept-Encoding".into()));
        if request.takes_brotli {
            headers.push(("Content-Encoding", "br".into()));
            fs::read(&packed)
        } else {
            fs::read(&file)
        }
    } else {
        fs::read(&file)
    };
    match body {
        Ok(body) => Answer { status: "200 OK", headers, body },
        Err(_) => Answer::words("404 Not Found"),
    }
}

/// The file for a path below the base; only files inside the folder, never through `..`, a hidden
/// name or a link that leads out.
fn locate(dir: &Path, path: &str) -> Option<PathBuf> {
    let mut file = dir.to_owned();
    for word in path.split('/').filter(|word| !word.is_empty()) {
        if word.starts_with('.') || word.contains(['\\', '\0', ':']) {
            return None;
        }
        file.push(word);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    let file = file.canonicalize().ok()?;
    (file.is_file() && file.starts_with(dir.canonicalize().ok()?)).then_some(file)
}

/// Undoes percent-encoding; `None` if it is broken or no UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::server::Server;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("sitebook-server-{name}-{}", std::process::id()));
        fs::create_dir_all(dir.join("dist/icons")).unwrap();
        fs::write(dir.join("secret.txt"), "secret").unwrap();
        fs::write(dir.join("dist/index.html"), "<p>page").unwrap();
        fs::write(dir.join("dist/app-0123456789abcdef.wasm"), "wasm").unwrap();
        fs::write(dir.join("dist/app-0123456789abcdef.wasm.br"), "small").unwrap();
        fs::write(dir.join("dist/icons/a.svg"), "svg").unwrap();
        fs::write(dir.join("dist/.hidden"), "hidden").unwrap();
        dir.join("dist")
    }

    fn get(port: u16, path: &str, more: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n{more}Connection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn files_come_with_type_lifetime_and_policy() {
        let server = Server::start(Settings::local(folder("types"))).unwrap();
        let page = get(server.port(), "/?x=1", "");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("<p>page"), "{page}");
        assert!(page.contains("Content-Type: text/html; charset=utf-8\r\nCache-Control: no-cache\r\n"));
        assert!(page.contains("Content-Security-Policy: default-src 'none'"));
        let wasm = get(server.port(), "/app-0123456789abcdef.wasm", "Accept-Encoding: gzip, br;q=0.9\r\n");
        assert!(wasm.contains("immutable") && wasm.contains("application/wasm"), "{wasm}");
        assert!(wasm.contains("Content-Encoding: br") && wasm.ends_with("small"), "{wasm}");
        let plain = get(server.port(), "/app-0123456789abcdef.wasm", "");
        assert!(!plain.contains("Content-Encoding") && plain.ends_with("wasm"), "{plain}");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let dir = folder("outside");
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink(dir.join("../secret.txt"), dir.join("link.txt"));
        let server = Server::start(Settings::local(dir)).unwrap();
        for path in [
            "/../secret.txt",
            "/icons/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e%2fsecret.txt",
            "/link.txt",
            "/.hidden",
            "/icons/..\\..\\secret.txt",
            "/%zz",
            "/%ff",
            "//etc/passwd",
        ] {
            let answer = get(server.port(), path, "");
            assert!(answer.starts_with("HTTP/1.1 40"), "{path}: {answer}");
            assert!(!answer.ends_with("secret"), "{path}");
        }
    }

    #[test]
    fn a_base_path_moves_everything_below_it() {
        let settings = Settings { base: "/some/path".into(), ..Settings::local(folder("base")) };
        let server = Server::start(settings).unwrap();
        assert!(server.address().ends_with("/some/path/"));
        assert!(get(server.port(), "/some/path/", "").ends_with("<p>page"));
        assert!(get(server.port(), "/some/path/icons/a.svg", "").ends_with("svg"));
        assert!(get(server.port(), "/some/path", "").contains("Location: /some/path/\r\n"));
        assert!(get(server.port(), "/", "").starts_with("HTTP/1.1 404"));
        assert!(base("/a/../b").is_err() && base("a b").is_err());
    }

    #[test]
    fn a_stopped_server_ends_open_connections_and_frees_the_port() {
        let server = Server::start(Settings::local(folder("stop"))).unwrap();
        let port = server.port();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut one = [0];
        stream.read_exact(&mut one).unwrap();
        server.stop();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        let again = Settings { port: Some(port), ..Settings::local(folder("stop")) };
        assert!(Server::start(again).is_ok());
    }

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let first = Server::start(Settings::local(folder("taken"))).unwrap();
        let taken = first.port();
        let next = Settings { port: None, first_port: taken, ..Settings::local(folder("taken")) };
        assert_ne!(Server::start(next).unwrap().port(), taken);
        let same = Settings { port: Some(taken), ..Settings::local(folder("taken")) };
        assert!(Server::start(same).is_err());
    }

    #[test]
    fn other_methods_and_endless_heads_are_refused() {
        let server = Server::start(Settings::local(folder("refused"))).unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
        write!(stream, "DELETE / HTTP/1.1\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 405"));
        let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
        let _ = write!(stream, "GET / HTTP/1.1\r\nX: {}", "x".repeat(20_000));
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.is_empty());
    }
}
