//! Everything a guard must know about the process that it starts, on its way from the host to the guard.
//!
//! In: paths, variables and limits. Out: the same on the other side of a socket. It must not know how they are enforced.
//!
//! It travels over the control socket: arguments would show a function's variables to every user of the machine, and a
//! guard that were started with them would obey the function's `LD_PRELOAD` outside its sandbox.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use super::Sandbox;

/// The socket must hold a whole plan before anybody reads it.
const SIZE_LIMIT: usize = 128 << 10;

/// A place of this machine that the process sees elsewhere, read-only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bind {
    pub(crate) from: PathBuf,
    pub(crate) at: PathBuf,
}

/// A command with everything that it may see and use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    /// The whole environment: nothing of the host's is inherited. Of two values the last one counts.
    pub(crate) environment: Vec<(OsString, OsString)>,
    /// The working directory, as the process sees it.
    pub(crate) directory: PathBuf,
    pub(crate) sandbox: Sandbox,
    /// Readable and executable at its own path.
    pub(crate) read: Vec<PathBuf>,
    pub(crate) binds: Vec<Bind>,
    /// A directory of its own, made and deleted by the guard; none where `/tmp` itself is its own.
    pub(crate) temporary: Option<PathBuf>,
    /// How much `/tmp` holds where it is its own.
    pub(crate) storage_mb: u32,
    /// More than this ends the process tree; 0: unbounded.
    pub(crate) memory_mb: u32,
    /// TCP ports that it may listen on beside those that the system chooses.
    pub(crate) ports: Vec<u16>,
    /// Whether mount namespaces are to be had (`kernel` only).
    pub(crate) mounts: bool,
    /// The program that builds the sandbox (`bubblewrap` only).
    pub(crate) bubblewrap: Option<PathBuf>,
}

impl Plan {
    /// The bytes that [`Plan::read`] reads.
    pub(crate) fn encode(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::default();
        writer.text(self.program.as_os_str());
        writer.list(self.arguments.iter().map(|argument| [argument.as_os_str()]));
        writer.list(self.environment.iter().map(|(name, value)| [name.as_os_str(), value.as_os_str()]));
        writer.text(self.directory.as_os_str());
        writer.text(OsStr::new(self.sandbox.name()));
        writer.list(self.read.iter().map(|path| [path.as_os_str()]));
        writer.list(self.binds.iter().map(|bind| [bind.from.as_os_str(), bind.at.as_os_str()]));
        writer.list(self.temporary.iter().map(|path| [path.as_os_str()]));
        writer.number(self.storage_mb);
        writer.number(self.memory_mb);
        writer.number(u32::try_from(self.ports.len()).unwrap_or(0));
        self.ports.iter().for_each(|port| writer.number((*port).into()));
        writer.number(self.mounts.into());
        writer.list(self.bubblewrap.iter().map(|path| [path.as_os_str()]));
        writer.finish()
    }

    /// Reads what a host wrote.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length) as usize;
        if length > SIZE_LIMIT {
            return Err(malformed());
        }
        let mut bytes = vec![0; length];
        from.read_exact(&mut bytes)?;
        Self::decode(&mut Reader(&bytes))
    }

    fn decode(reader: &mut Reader<'_>) -> io::Result<Self> {
        Ok(Self {
            program: reader.text()?.into(),
            arguments: reader.list(Reader::text)?,
            environment: reader.list(|reader| Ok((reader.text()?, reader.text()?)))?,
            directory: reader.text()?.into(),
            sandbox: reader.text()?.to_str().and_then(|name| name.parse().ok()).ok_or_else(malformed)?,
            read: reader.list(Reader::path)?,
            binds: reader.list(|reader| Ok(Bind { from: reader.path()?, at: reader.path()? }))?,
            temporary: reader.list(Reader::path)?.pop(),
            storage_mb: reader.number()?,
            memory_mb: reader.number()?,
            ports: reader.list(|reader| u16::try_from(reader.number()?).map_err(|_| malformed()))?,
            mounts: reader.number()? != 0,
            bubblewrap: reader.list(Reader::path)?.pop(),
        })
    }

    /// Whether an `/opt` of its own lies over the machine's.
    pub(crate) fn covers_opt(&self) -> bool {
        self.owns_tmp() && self.binds.iter().any(|bind| bind.at.starts_with("/opt"))
    }

    /// Whether the process has a `/tmp` that nobody else sees.
    pub(crate) fn owns_tmp(&self) -> bool {
        match self.sandbox {
            Sandbox::None => false,
            Sandbox::Kernel => self.mounts,
            Sandbox::Bubblewrap => true,
        }
    }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "this is no plan of a host")
}

/// Texts are their length and their bytes; lists are their length and their items.
#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &OsStr) {
        self.number(u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.0.extend_from_slice(text.as_bytes());
    }

    fn list<'a, const N: usize>(&mut self, items: impl Iterator<Item = [&'a OsStr; N]>) {
        let start = self.0.len();
        self.number(0);
        let mut count = 0_u32;
        for item in items {
            item.into_iter().for_each(|text| self.text(text));
            count += 1;
        }
        self.0[start..start + 4].copy_from_slice(&count.to_le_bytes());
    }

    fn finish(self) -> io::Result<Vec<u8>> {
        if self.0.len() > SIZE_LIMIT {
            let message = format!("arguments and environment exceed {SIZE_LIMIT} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let mut message = u32::try_from(self.0.len()).unwrap_or(0).to_le_bytes().to_vec();
        message.extend(self.0);
        Ok(message)
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take(&mut self, length: usize) -> io::Result<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> io::Result<u32> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes(bytes.try_into().map_err(|_| malformed())?))
    }

    fn text(&mut self) -> io::Result<OsString> {
        let length = self.number()? as usize;
        Ok(OsString::from_vec(self.take(length)?.to_vec()))
    }

    fn path(&mut self) -> io::Result<PathBuf> {
        Ok(self.text()?.into())
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> io::Result<T>) -> io::Result<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| item(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    use super::{Bind, Plan, SIZE_LIMIT};
    use crate::Sandbox;

    fn plan() -> Plan {
        Plan {
            program: "/usr/bin/python3".into(),
            arguments: vec!["-B".into(), OsString::from_vec(vec![b'/', 0xff])],
            environment: vec![("A".into(), "1\n2".into()), ("EMPTY".into(), "".into())],
            directory: "/code".into(),
            sandbox: Sandbox::Kernel,
            read: vec!["/usr".into(), "/lib".into()],
            binds: vec![Bind { from: "/layers/1".into(), at: "/opt".into() }],
            temporary: Some("/state/tmp/1".into()),
            storage_mb: 512,
            memory_mb: 128,
            ports: vec![9229],
            mounts: true,
            bubblewrap: Some("/usr/bin/bwrap".into()),
        }
    }

    #[test]
    fn a_plan_survives_the_socket() {
        for plan in [plan(), Plan::default()] {
            let bytes = plan.encode().unwrap();
            assert_eq!(Plan::read(&mut bytes.as_slice()).unwrap(), plan);
        }
    }

    #[test]
    fn what_is_no_plan_is_refused_wherever_it_is_cut() {
        let bytes = plan().encode().unwrap();
        for length in 0..bytes.len() {
            assert!(Plan::read(&mut &bytes[..length]).is_err(), "{length}");
        }
        assert!(Plan::read(&mut [0xff; 64].as_slice()).is_err());
    }

    #[test]
    fn a_plan_that_the_socket_could_not_hold_is_refused() {
        let mut plan = plan();
        plan.environment = vec![("A".into(), "x".repeat(SIZE_LIMIT).into())];
        assert!(plan.encode().is_err());
    }
}
