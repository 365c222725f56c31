//! Files that tell hosts which headers to send: `_headers`, `.nojekyll`, `nginx.conf.example`.

use super::worker;
use crate::policy;
use anyhow::Result;
use std::{fs, path::Path};

const NGINX: &str = include_str!("../../assets/nginx.conf.example");

/// Writes the header files beside the app.
pub fn write(folder: &Path) -> Result<()> {
    let paths: Vec<String> = worker::files(folder)?;
    let app: Vec<&str> = paths
        .iter()
        .map(String::as_str)
        .filter(|path| worker::belongs_to_the_app(path) || matches!(*path, "sw.js" | "version.json"))
        .collect();
    fs::write(folder.join("_headers"), pages(&app))?;
    fs::write(folder.join("nginx.conf.example"), nginx())?;
    // Without it GitHub Pages would hide files that begin with an underscore.
    fs::write(folder.join(".nojekyll"), "")?;
    Ok(())
}

/// For hosts in the manner of Netlify and Cloudflare Pages. Each file is named once with its rule,
/// since those hosts join the values when two rules fit.
fn pages(paths: &[&str]) -> String {
    let mut out = String::from("/*\n");
    for (name, value) in policy::headers() {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    out.push_str(&format!("/\n  Cache-Control: {}\n", policy::ASK));
    for path in paths {
        out.push_str(&format!("/{path}\n  Cache-Control: {}\n", policy::cache_control(path)));
    }
    out
}

fn nginx() -> String {
    let headers: String =
        policy::headers().iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    NGINX.replace("@HEADERS@\n", &headers).replace("@KEEP@", policy::KEEP).replace("@ASK@", policy::ASK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_one_cache_rule() {
        let text = pages(&["boot-0123456789abcdef.js", "index.html", "sw.js"]);
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none'"));
        assert!(text.contains("/boot-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n"));
        assert!(text.contains("/sw.js\n  Cache-Control: no-cache\n"));
        assert_eq!(text.matches("Cache-Control").count(), 4);
    }

    #[test]
    fn the_sample_for_nginx_is_complete() {
        let text = nginx();
        assert!(!text.contains('@'));
        assert!(text.contains("add_header Content-Security-Policy \"default-src 'none'"));
    }
}
