//! Unpacks zipped function code, once per content.
//!
//! In: zip bytes, which anyone may have made. Out: a directory. It must not know functions.
//!
//! Refused: names that leave the directory, symbolic links, encrypted entries, more bytes than Lambda allows, and entries
//! that inflate like a bomb. An archive is unpacked beside its final place and renamed, so a directory is whole or absent.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use zip::ZipArchive;

/// Unzipped code must stay below this (250 MiB, AWS's own number).
pub(crate) const UNPACKED_LIMIT: u64 = 262_144_000;
const ENTRY_LIMIT: usize = 100_000;
/// Deflate cannot do better than about 1032:1; beyond this share of it, with a size that hurts, it is a bomb.
const RATIO_LIMIT: u64 = 1000;
const RATIO_FREE_BYTES: u64 = 1 << 20;

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
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(unreadable)?;
        check_entry(&entry)?;
        total = total.saturating_add(entry.size());
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
    if entry.is_symlink() || entry.encrypted() || bomb {
        return Err(InvalidZip::Entry(name()));
    }
    entry.enclosed_name().ok_or_else(|| InvalidZip::Entry(name()))
}

fn unpack(bytes: &[u8], directory: &Path) -> Result<(), InvalidZip> {
    let mut archive = open(bytes)?;
    let mut left = UNPACKED_LIMIT;
    fs::create_dir_all(directory)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        let path = directory.join(check_entry(&entry)?);
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
    Ok(())
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
    fn links_are_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let zip = writer.finish().unwrap().into_inner();
        assert!(matches!(check_zip(&zip), Err(InvalidZip::Entry(name)) if name == "link"));
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
