//! Unpacks zipped function code, once per content.
//!
//! In: zip bytes, which anyone may have made. Out: a directory. It must not know functions.
//!
//! Refused: names that leave the directory, links that do, names that no file system holds together, encrypted entries, more
//! bytes than Lambda allows, and entries that inflate like a bomb. Links are made last, so that nothing is written through
//! one. An archive is unpacked beside its final place and renamed, so a directory is whole or absent.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::os::unix::ffi::OsStringExt;
use std::path::{Component, Path, PathBuf};

use bytes::Bytes;
use zip::ZipArchive;

/// Unzipped code must stay below this (250 MiB, AWS's own number).
pub(crate) const UNPACKED_LIMIT: u64 = 262_144_000;
const ENTRY_LIMIT: usize = 100_000;
/// Deflate cannot do better than about 1032:1; beyond this share of it, with a size that hurts, it is a bomb.
const RATIO_LIMIT: u64 = 1000;
const RATIO_FREE_BYTES: u64 = 1 << 20;
/// A name, and a path that leaves room for where it is unpacked, as Linux bounds them.
const NAME_LIMIT: usize = 255;
const PATH_LIMIT: usize = 3072;

/// Why an archive is refused.
#[derive(Debug, thiserror::Error)]
pub enum InvalidZip {
    /// AWS's sentence for anything that is no zip.
    #[error("Could not unzip uploaded file. Please check your file, then try to upload again.")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// AWS's sentence for code over the limit.
    #[error("Unzipped size must be smaller than {0} bytes")]
    TooLarge(u64),
    /// An entry that would be written elsewhere, a link, or a bomb.
    #[error("The uploaded file must not contain this entry: {0}")]
    Entry(String),
    /// This machine could not write it.
    #[error("could not unpack the code: {0}")]
    Io(#[from] io::Error),
}

/// Checks an archive without unpacking it; the answer is its unpacked size as it declares it.
///
/// # Errors
/// [`InvalidZip`] when it could not be unpacked.
pub fn check_zip(bytes: &[u8]) -> Result<u64, InvalidZip> {
    let mut archive = open(bytes)?;
    let (mut total, mut names) = (0_u64, Names::default());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(unreadable)?;
        let path = check_entry(&entry)?;
        names.add(&path, entry.is_dir())?;
        total = total.saturating_add(entry.size());
        if entry.is_symlink() {
            drop(entry);
            let mut entry = archive.by_index(index).map_err(unreadable)?;
            link_target(&mut entry, &path)?;
        }
    }
    if total >= UNPACKED_LIMIT { Err(InvalidZip::TooLarge(UNPACKED_LIMIT)) } else { Ok(total) }
}

/// The directory that holds the unpacked archive `sha256`, unpacking it first when it is not there yet.
pub(crate) fn unpacked(
    root: &Path,
    sha256: &str,
    load: impl FnOnce() -> Result<Bytes, String>,
) -> Result<PathBuf, InvalidZip> {
    let target = root.join(directory_name(sha256));
    if target.is_dir() {
        return Ok(target);
    }
    let bytes = load().map_err(io::Error::other)?;
    check_zip(&bytes)?;
    fs::create_dir_all(root)?;
    let staging = root.join(format!(".{}.{}", directory_name(sha256), unique()));
    let outcome = unpack(&bytes, &staging).and_then(|()| Ok(publish(&staging, &target)?));
    let _ = fs::remove_dir_all(&staging);
    outcome.map(|()| target)
}

/// Another process of ours may have been faster: its directory holds the same content.
pub(crate) fn publish(staging: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(staging, target) {
        Err(_) if target.is_dir() => Ok(()),
        other => other,
    }
}

/// A name that nobody else of this machine uses at this time.
pub(crate) fn unique() -> String {
    static COUNTER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let number = COUNTER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    format!("{}-{number}", std::process::id())
}

/// Base64 has a `/`; a digest must not be able to name another directory.
fn directory_name(sha256: &str) -> String {
    sha256
        .chars()
        .map(|c| match c {
            '/' => '_',
            '+' => '-',
            c if c.is_ascii_alphanumeric() => c,
            _ => '=',
        })
        .collect()
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, InvalidZip> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.is_empty() || archive.len() > ENTRY_LIMIT {
        return Err(unreadable(format!("{} entries", archive.len())));
    }
    Ok(archive)
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> InvalidZip {
    InvalidZip::Unreadable(error.into())
}

fn check_entry<R: Read>(entry: &zip::read::ZipFile<'_, R>) -> Result<PathBuf, InvalidZip> {
    let name = || String::from_utf8_lossy(entry.name_raw()).into_owned();
    let bomb = entry.size() > RATIO_FREE_BYTES && entry.size() / RATIO_LIMIT > entry.compressed_size();
    if entry.encrypted() || bomb {
        return Err(InvalidZip::Entry(name()));
    }
    entry.enclosed_name().ok_or_else(|| InvalidZip::Entry(name()))
}

/// The names of an archive, as far as they must be possible together.
#[derive(Default)]
struct Names {
    files: HashSet<PathBuf>,
    directories: HashSet<PathBuf>,
}

impl Names {
    /// Refuses what no file system holds, and a file where a directory must be.
    fn add(&mut self, path: &Path, is_directory: bool) -> Result<(), InvalidZip> {
        let too_long = path.as_os_str().len() > PATH_LIMIT || path.iter().any(|name| name.len() > NAME_LIMIT);
        let nameless = path.file_name().is_none() && !is_directory;
        if too_long || nameless {
            return Err(refused(path));
        }
        let above = path.ancestors().skip(usize::from(!is_directory));
        for directory in above.take_while(|path| !path.as_os_str().is_empty()) {
            if self.files.contains(directory) {
                return Err(refused(path));
            }
            if !self.directories.insert(directory.to_owned()) {
                break;
            }
        }
        let clashes =
            !is_directory && (self.directories.contains(path) || !self.files.insert(path.to_owned()));
        if clashes { Err(refused(path)) } else { Ok(()) }
    }
}

fn unpack(bytes: &[u8], directory: &Path) -> Result<(), InvalidZip> {
    let mut archive = open(bytes)?;
    let (mut left, mut links) = (UNPACKED_LIMIT, Vec::new());
    fs::create_dir_all(directory)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        let name = check_entry(&entry)?;
        if entry.is_symlink() {
            let target = link_target(&mut entry, &name)?;
            links.push((name, target));
            continue;
        }
        let path = directory.join(name);
        if entry.is_dir() {
            fs::create_dir_all(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mode = entry.unix_mode();
        left -= write_file(&mut entry, &path, mode, left)?;
    }
    make_links(&fs::canonicalize(directory)?, links)
}

/// Where a link leads, if that is in the archive as far as names tell.
fn link_target(entry: &mut impl Read, name: &Path) -> Result<PathBuf, InvalidZip> {
    const LENGTH_LIMIT: u64 = 4096;
    let mut bytes = Vec::new();
    entry.take(LENGTH_LIMIT).read_to_end(&mut bytes).map_err(unreadable)?;
    let target = PathBuf::from(std::ffi::OsString::from_vec(bytes));
    let mut depth = name.components().count().saturating_sub(1);
    for part in target.components() {
        depth = match part {
            Component::Normal(_) => Some(depth + 1),
            Component::CurDir => Some(depth),
            Component::ParentDir => depth.checked_sub(1),
            Component::RootDir | Component::Prefix(_) => None,
        }
        .ok_or_else(|| refused(name))?;
    }
    Ok(target)
}

fn refused(name: &Path) -> InvalidZip {
    InvalidZip::Entry(name.display().to_string())
}

/// Makes links whose targets exist, round by round, since links may lead to links; one that never has a target, or has it
/// outside of `root`, is refused.
fn make_links(root: &Path, mut links: Vec<(PathBuf, PathBuf)>) -> Result<(), InvalidZip> {
    while !links.is_empty() {
        let before = links.len();
        let mut waiting = Vec::new();
        for (name, target) in links {
            if !make_link(root, &name, &target)? {
                waiting.push((name, target));
            }
        }
        if waiting.len() == before {
            return Err(refused(&waiting[0].0));
        }
        links = waiting;
    }
    Ok(())
}

/// False when the target does not exist yet.
fn make_link(root: &Path, name: &Path, target: &Path) -> Result<bool, InvalidZip> {
    let link = root.join(name);
    let parent = link.parent().unwrap_or(root);
    fs::create_dir_all(parent)?;
    if fs::canonicalize(parent)? != parent {
        return Err(refused(name));
    }
    std::os::unix::fs::symlink(target, &link).map_err(|_| refused(name))?;
    match fs::canonicalize(&link) {
        Ok(path) if path.starts_with(root) => Ok(true),
        Ok(_) => Err(refused(name)),
        Err(_) => {
            fs::remove_file(&link)?;
            Ok(false)
        }
    }
}

/// Writes at most `left` bytes: what an entry declares need not be what it holds.
fn write_file(entry: &mut impl Read, path: &Path, mode: Option<u32>, left: u64) -> Result<u64, InvalidZip> {
    use std::os::unix::fs::OpenOptionsExt;
    // Only the executable bits of an archive count: setuid and unreadable files make no sense here.
    let executable = mode.is_some_and(|mode| mode & 0o111 != 0);
    let permissions = if executable { 0o755 } else { 0o644 };
    let mut file: File = File::options().write(true).create_new(true).mode(permissions).open(path)?;
    let written = io::copy(&mut entry.take(left), &mut file).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            unreadable(error)
        }
        _ => error.into(),
    })?;
    if written >= left { Err(InvalidZip::TooLarge(UNPACKED_LIMIT)) } else { Ok(written) }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};
    use std::os::unix::fs::PermissionsExt;

    use bytes::Bytes;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::{InvalidZip, check_zip, unpacked};

    fn archive(entries: &[(&str, u32, &[u8])]) -> Bytes {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, mode, content) in entries {
            let options = SimpleFileOptions::default().unix_permissions(*mode);
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner().into()
    }

    #[test]
    fn code_is_unpacked_once_with_its_executable_bits() {
        let root = tempfile::tempdir().unwrap();
        let zip = archive(&[("bootstrap", 0o755, b"#!/bin/sh\n"), ("lib/a.py", 0o600, b"x = 1\n")]);
        let directory = unpacked(root.path(), "a/b+c=", || Ok(zip.clone())).unwrap();
        assert_eq!(directory.parent(), Some(root.path()));
        let mode = |name: &str| directory.join(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("bootstrap"), mode("lib/a.py")), (0o755, 0o644));
        let again = unpacked(root.path(), "a/b+c=", || Err("asked for the bytes again".to_owned()));
        assert_eq!(again.unwrap(), directory);
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1, "no staging left");
    }

    #[test]
    fn hostile_archives_are_refused() {
        let zeros = vec![0_u8; 8 << 20];
        let cases: [(&str, Bytes, &str); 5] = [
            ("no zip", Bytes::from_static(b"not a zip"), "Could not unzip uploaded file."),
            ("leaves", archive(&[("../../etc/passwd", 0o644, b"x")]), "../../etc/passwd"),
            ("absolute", archive(&[("/etc/passwd", 0o644, b"x")]), ""),
            ("bomb", archive(&[("zeros", 0o644, &zeros)]), "zeros"),
            ("empty", archive(&[]), "Could not unzip uploaded file."),
        ];
        for (what, zip, expected) in cases {
            let root = tempfile::tempdir().unwrap();
            let outcome = unpacked(root.path(), what, || Ok(zip.clone()));
            match outcome {
                Err(error) => assert!(error.to_string().contains(expected), "{what}: {error}"),
                Ok(directory) => {
                    assert_eq!(what, "absolute", "{what} was unpacked");
                    assert!(directory.join("etc/passwd").is_file(), "an absolute name is taken as relative");
                }
            }
        }
    }

    #[test]
    fn names_that_cannot_be_files_together_are_refused_before_they_are_stored() {
        let (long, deep) = ("n".repeat(256), "d/".repeat(2000) + "x");
        let cases: [(&[&str], bool); 8] = [
            (&["a", "a/b"], false),
            (&["a/b/c", "a/b"], false),
            (&["a/b", "a/./b"], false),
            (&["."], false),
            (&[&long], false),
            (&[&deep], false),
            (&["a/b", "a/c", "b/a", "a.py", "./x"], true),
            (&[&long[1..]], true),
        ];
        for (names, fine) in cases {
            let entries: Vec<(&str, u32, &[u8])> =
                names.iter().map(|name| (*name, 0o644, &b"x"[..])).collect();
            let zip = archive(&entries);
            assert_eq!(check_zip(&zip).is_ok(), fine, "{names:.40?}");
            let root = tempfile::tempdir().unwrap();
            assert_eq!(unpacked(root.path(), "names", || Ok(zip)).is_ok(), fine, "{names:.40?}");
        }
    }

    fn linked(links: &[(&str, &str)]) -> Bytes {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("lib/real.so.1.2", SimpleFileOptions::default()).unwrap();
        writer.write_all(b"code").unwrap();
        writer.start_file("deep/er/file", SimpleFileOptions::default()).unwrap();
        for (name, target) in links {
            writer.add_symlink(*name, *target, SimpleFileOptions::default()).unwrap();
        }
        writer.finish().unwrap().into_inner().into()
    }

    #[test]
    fn links_within_the_archive_are_made_whatever_their_order() {
        let root = tempfile::tempdir().unwrap();
        let zip = linked(&[
            ("lib/real.so", "real.so.1"),
            ("lib/real.so.1", "real.so.1.2"),
            ("bin/tool", "../lib/real.so"),
        ]);
        let directory = unpacked(root.path(), "links", || Ok(zip.clone())).unwrap();
        for name in ["lib/real.so", "lib/real.so.1", "bin/tool"] {
            assert_eq!(std::fs::read(directory.join(name)).unwrap(), b"code", "{name}");
        }
        assert!(check_zip(&zip).is_ok());
    }

    #[test]
    fn links_that_leave_the_archive_are_refused() {
        let cases: [(&str, &[(&str, &str)]); 7] = [
            ("absolute", &[("link", "/etc/passwd")]),
            ("up", &[("lib/link", "../../secret")]),
            ("dangling", &[("link", "missing")]),
            ("circle", &[("a", "b"), ("b", "a")]),
            ("through another", &[("deep/up", ".."), ("link", "deep/up/..")]),
            ("below another", &[("lib2", "lib"), ("lib2/link", "../deep")]),
            ("over a file", &[("lib", "deep")]),
        ];
        for (what, links) in cases {
            let root = tempfile::tempdir().unwrap();
            std::fs::write(root.path().join("secret"), "").unwrap();
            let outcome = unpacked(root.path(), "links", || Ok(linked(links)));
            assert!(matches!(outcome, Err(InvalidZip::Entry(_))), "{what}: {outcome:?}");
            assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1, "{what}: nothing is left");
        }
        for what in [0, 1] {
            assert!(matches!(check_zip(&linked(cases[what].1)), Err(InvalidZip::Entry(_))), "{what}");
        }
    }

    #[test]
    fn cut_archives_are_refused_wherever_they_are_cut() {
        let zip = archive(&[("index.js", 0o644, b"exports.handler = async () => 1\n")]);
        for length in 0..zip.len() {
            let root = tempfile::tempdir().unwrap();
            assert!(unpacked(root.path(), "cut", || Ok(zip.slice(..length))).is_err(), "{length}");
        }
    }
}
