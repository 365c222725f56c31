//! Printed forms against those kept in `tests/golden/papers`: the place of every line of text, and the picture of every
//! page, seen from afar.
//!
//! Printers of one kind still differ in the shades of an edge, so pictures are compared in squares of 3 mm. With other
//! fonts than those of the kept papers lines break elsewhere: then only the words are compared, and that is told.
//! `cargo xtask papers --bless` keeps new papers; `git diff` shows what became of them.

use crate::machine;
use crate::paper::{self, Printed};
use crate::run::tell;
use anyhow::{Context, Result, ensure};
use image::{ExtendedColorType, GrayImage, ImageEncoder, codecs::png::PngEncoder};
use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Dots an inch of a kept picture.
const DPI: &str = "60";
/// Pixels of a square that is compared by its shade.
const SQUARE: u32 = 8;
/// Shades, of 256, by which a square may differ.
const SHADES: u32 = 28;
/// Squares of a thousand that may differ more.
const SQUARES: usize = 4;
/// Millimetres by which a line may have moved.
const MOVED: f64 = 1.5;
/// Differences that are told of one paper.
const TOLD: usize = 6;

/// Where the kept papers are.
#[must_use]
pub fn folder() -> PathBuf {
    machine::root().join("tests/golden/papers")
}

/// Whether papers are kept instead of compared.
#[must_use]
pub fn blesses() -> bool {
    env::var_os("SITEBOOK_BLESS").is_some()
}

/// A line of text on a page.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    page: usize,
    x: f64,
    y: f64,
    words: String,
}

impl Line {
    fn fits(&self, other: &Line) -> bool {
        let near = |one: f64, two: f64| (one - two).abs() <= MOVED;
        self.page == other.page && self.words == other.words && near(self.x, other.x) && near(self.y, other.y)
    }
}

/// A printed form as it is kept.
struct Sketch {
    lines: Vec<Line>,
    pages: Vec<GrayImage>,
    fonts: String,
}

/// Compares a printed form with the kept one, or keeps it. Gives what differs, in words.
pub fn compare(name: &str, printed: &Printed) -> Result<Vec<String>> {
    let now = sketch(printed)?;
    if blesses() {
        keep(name, &now)?;
        return Ok(Vec::new());
    }
    let Some(kept) = kept(name)? else {
        return Ok(vec![format!("{name}: no paper is kept; look at it and run `cargo xtask papers --bless`")]);
    };
    if kept.fonts != now.fonts {
        let letters = |sketch: &Sketch| {
            let mut letters: Vec<char> = sketch.lines.iter().flat_map(|line| line.words.chars()).collect();
            letters.retain(|letter| !letter.is_whitespace());
            letters.sort_unstable();
            letters
        };
        // The page numbers count along with the pages, which other fonts may make more or fewer of.
        if kept.pages.len() == now.pages.len() && letters(&kept) != letters(&now) {
            return Ok(vec![format!("{name}: prints other words (its fonts differ, too: only words were compared)")]);
        }
        tell(&format!("!! {name}: kept with {}, drawn with {}: only words were compared", kept.fonts, now.fonts));
        return Ok(Vec::new());
    }
    let mut wrong = Vec::new();
    if kept.pages.len() != now.pages.len() {
        wrong.push(format!("{name}: {} pages, {} before", now.pages.len(), kept.pages.len()));
    }
    wrong.extend(lines_that_differ(name, &kept.lines, &now.lines));
    for (index, (before, after)) in kept.pages.iter().zip(&now.pages).enumerate() {
        if let Some(words) = pictures_differ(before, after) {
            wrong.push(format!("{name}: page {} looks different: {words}", index + 1));
        }
    }
    Ok(wrong)
}

/// Kept papers of forms that are no more; removed when papers are kept anew.
pub fn stale(names: &BTreeSet<String>) -> Result<Vec<PathBuf>> {
    let Ok(files) = fs::read_dir(folder()) else { return Ok(Vec::new()) };
    let mut stale = Vec::new();
    for file in files {
        let path = file?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let name = if path.extension().is_some_and(|kind| kind == "png") {
            stem.rsplit_once('.').map_or(stem, |(name, _)| name)
        } else {
            stem
        };
        if !names.contains(name) {
            if blesses() {
                fs::remove_file(&path)?;
            } else {
                stale.push(path);
            }
        }
    }
    Ok(stale)
}

fn sketch(printed: &Printed) -> Result<Sketch> {
    let fonts = printed.fonts.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    Ok(Sketch { lines: lines(&printed.path)?, pages: pictures(&printed.path)?, fonts })
}

fn lines(pdf: &Path) -> Result<Vec<Line>> {
    let told = paper::run("PDFTOTEXT", "pdftotext", &["-bbox-layout", &pdf.to_string_lossy(), "-"])?;
    let mut lines: Vec<Line> = Vec::new();
    let mut page = 0;
    for tag in told.lines().map(str::trim) {
        if tag.starts_with("<page") {
            page += 1;
        } else if tag.starts_with("<line") {
            let place = |name: &str| {
                let (_, rest) = tag.split_once(&format!("{name}=\""))?;
                let points: f64 = rest.split('"').next()?.parse().ok()?;
                Some((points * 25.4 / 72.0 * 2.0).round() / 2.0)
            };
            let (x, y) = place("xMin").zip(place("yMin")).with_context(|| format!("no place in {tag}"))?;
            lines.push(Line { page, x, y, words: String::new() });
        } else if let Some((_, word)) = tag.strip_prefix("<word").and_then(|word| word.split_once('>')) {
            let line = lines.last_mut().context("a word outside of a line")?;
            let gap = if line.words.is_empty() { "" } else { " " };
            let _ = write!(line.words, "{gap}{}", word.trim_end_matches("</word>"));
        }
    }
    let order = |one: &Line, other: &Line| {
        (one.page, one.y, one.x).partial_cmp(&(other.page, other.y, other.x)).unwrap_or(std::cmp::Ordering::Equal)
    };
    lines.sort_by(order);
    Ok(lines)
}

fn pictures(pdf: &Path) -> Result<Vec<GrayImage>> {
    let scratch = machine::Scratch::new("pages")?;
    let root = scratch.path().join("page");
    let arguments = ["-r", DPI, "-gray", "-png", &*pdf.to_string_lossy(), &*root.to_string_lossy()];
    paper::run("PDFTOPPM", "pdftoppm", &arguments)?;
    let mut files: Vec<PathBuf> = fs::read_dir(scratch.path())?.flatten().map(|file| file.path()).collect();
    files.sort();
    // Sixteen shades are enough from afar, and take half the room.
    let shade = |pixel: &mut image::Luma<u8>| pixel.0[0] = pixel.0[0] / 17 * 17;
    files
        .iter()
        .map(|file| {
            let mut picture = image::open(file)?.into_luma8();
            picture.pixels_mut().for_each(shade);
            Ok(picture)
        })
        .collect()
}

fn keep(name: &str, sketch: &Sketch) -> Result<()> {
    let folder = folder();
    fs::create_dir_all(&folder)?;
    let mut text = format!("fonts {}\n", sketch.fonts);
    for line in &sketch.lines {
        let _ = writeln!(text, "{} {:.1} {:.1} {}", line.page, line.x, line.y, line.words);
    }
    fs::write(folder.join(format!("{name}.txt")), text)?;
    for number in sketch.pages.len() + 1.. {
        if fs::remove_file(folder.join(format!("{name}.{number}.png"))).is_err() {
            break;
        }
    }
    for (index, page) in sketch.pages.iter().enumerate() {
        let mut bytes = Vec::new();
        let best = image::codecs::png::CompressionType::Best;
        let encoder = PngEncoder::new_with_quality(&mut bytes, best, image::codecs::png::FilterType::NoFilter);
        encoder.write_image(page, page.width(), page.height(), ExtendedColorType::L8)?;
        fs::write(folder.join(format!("{name}.{}.png", index + 1)), bytes)?;
    }
    Ok(())
}

fn kept(name: &str) -> Result<Option<Sketch>> {
    let Ok(text) = fs::read_to_string(folder().join(format!("{name}.txt"))) else { return Ok(None) };
    let (fonts, text) = text.split_once('\n').context("an empty paper is kept")?;
    let line = |line: &str| {
        let mut parts = line.splitn(4, ' ');
        let (page, x, y) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Line { page, x, y, words: parts.next().unwrap_or_default().to_owned() })
    };
    let lines: Option<Vec<Line>> = text.lines().map(line).collect();
    let mut pages = Vec::new();
    while let Ok(picture) = image::open(folder().join(format!("{name}.{}.png", pages.len() + 1))) {
        pages.push(picture.into_luma8());
    }
    ensure!(!pages.is_empty(), "{name}: no picture is kept");
    let fonts = fonts.trim_start_matches("fonts").trim().to_owned();
    Ok(Some(Sketch { lines: lines.with_context(|| format!("{name}.txt cannot be read"))?, pages, fonts }))
}

fn lines_that_differ(name: &str, before: &[Line], after: &[Line]) -> Vec<String> {
    let mut left: Vec<&Line> = after.iter().collect();
    let mut wrong = Vec::new();
    for line in before {
        match left.iter().position(|other| line.fits(other)) {
            Some(place) => drop(left.remove(place)),
            None => {
                wrong.push(format!("{name}: gone from page {} at {}, {} mm: {}", line.page, line.x, line.y, line.words))
            }
        }
    }
    let new = |line: &&Line| format!("{name}: new on page {} at {}, {} mm: {}", line.page, line.x, line.y, line.words);
    wrong.extend(left.iter().map(new));
    let more = wrong.len().saturating_sub(TOLD);
    wrong.truncate(TOLD);
    if more > 0 {
        wrong.push(format!("{name}: and {more} more lines"));
    }
    wrong
}

/// What differs between two pages seen from afar.
fn pictures_differ(before: &GrayImage, after: &GrayImage) -> Option<String> {
    if before.dimensions() != after.dimensions() {
        return Some(format!("{:?} pixels, {:?} before", after.dimensions(), before.dimensions()));
    }
    let shade = |picture: &GrayImage, x: u32, y: u32| {
        let inside = (x..x + SQUARE).flat_map(|x| (y..y + SQUARE).map(move |y| (x, y)));
        let shades = inside.filter_map(|(x, y)| picture.get_pixel_checked(x, y)).map(|pixel| u32::from(pixel.0[0]));
        shades.sum::<u32>() / (SQUARE * SQUARE)
    };
    let columns = (0..before.width()).step_by(SQUARE as usize);
    let squares = columns.flat_map(|x| (0..before.height()).step_by(SQUARE as usize).map(move |y| (x, y)));
    let (mut all, mut other) = (0, Vec::new());
    for (x, y) in squares {
        all += 1;
        if shade(before, x, y).abs_diff(shade(after, x, y)) > SHADES {
            other.push((x, y));
        }
    }
    if other.len() * 1000 <= all * SQUARES {
        return None;
    }
    let first = other.first()?;
    Some(format!("{} of {all} squares, the first at {first:?} of {:?} pixels", other.len(), before.dimensions()))
}
