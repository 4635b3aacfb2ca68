//! An entry as it lies in a segment: a checksum, its number, its length, and padding to a multiple of [`UNIT`].
//!
//! In: a number and an entry. Out: bytes, and the entry again if not one of them changed. It must not trust what it reads.

use std::hash::BuildHasher as _;

use bytes::Bytes;
use foldhash::quality::RandomState;

use crate::cache::frame::Frame;

/// Records begin at multiples of this.
pub(super) const UNIT: usize = 16;
const HEAD_BYTES: usize = 20;

/// Tells whole records from others. It is another in each process, which reads only what it wrote itself.
#[derive(Debug, Default)]
pub(super) struct Checksum(RandomState);

/// What a record of a frame takes.
pub(super) fn length(frame: &Frame) -> usize {
    (HEAD_BYTES + frame.bytes().len()).next_multiple_of(UNIT)
}

impl Checksum {
    fn of(&self, number: u64, frame: &[u8]) -> u64 {
        self.0.hash_one((number, frame))
    }

    /// Appends a record; none when a frame is too long to be one.
    pub(super) fn write(&self, number: u64, frame: &Frame, batch: &mut Vec<u8>) -> Option<()> {
        let bytes = frame.bytes();
        let frame_length = u32::try_from(bytes.len()).ok()?;
        let end = batch.len() + length(frame);
        batch.extend_from_slice(&self.of(number, bytes).to_le_bytes());
        batch.extend_from_slice(&number.to_le_bytes());
        batch.extend_from_slice(&frame_length.to_le_bytes());
        batch.extend_from_slice(bytes);
        batch.resize(end, 0);
        Some(())
    }

    /// The entry of a record that begins `record`, if it is whole and `number`'s.
    pub(super) fn read(&self, number: u64, record: &Bytes) -> Option<Frame> {
        let sum = u64::from_le_bytes(*record.first_chunk()?);
        let stored = u64::from_le_bytes(*record.get(8..)?.first_chunk()?);
        let frame_length = u32::from_le_bytes(*record.get(16..)?.first_chunk()?) as usize;
        let end = HEAD_BYTES.checked_add(frame_length)?;
        let frame = record.get(HEAD_BYTES..end)?;
        if stored != number || sum != self.of(number, frame) {
            return None;
        }
        Frame::read(record.slice(HEAD_BYTES..end))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::cache::frame::Head;

    const HEAD: Head = Head { generation: 1, position: 2, deadline: Duration::from_secs(3), turn: 4 };

    fn frame() -> Frame {
        Frame::new(HEAD, b"key", b"value", None).unwrap()
    }

    fn record(sums: &Checksum) -> Vec<u8> {
        let mut record = Vec::new();
        sums.write(9, &frame(), &mut record).unwrap();
        record
    }

    #[test]
    fn whole_records_are_read_back_by_their_number() {
        let sums = Checksum::default();
        let record = record(&sums);
        assert_eq!(record.len(), length(&frame()));
        assert_eq!(record.len() % UNIT, 0);
        let record = Bytes::from(record);
        assert_eq!(sums.read(9, &record), Some(frame()));
        assert_eq!(sums.read(8, &record), None);
        assert_eq!(Checksum::default().read(9, &record), None);
    }

    #[test]
    fn changed_and_torn_records_are_none() {
        let sums = Checksum::default();
        let whole = record(&sums);
        // Padding does not count.
        let meaning = HEAD_BYTES + frame().bytes().len();
        for at in 0..meaning {
            for bit in 0..8 {
                let mut bent = whole.clone();
                bent[at] ^= 1 << bit;
                assert_eq!(sums.read(9, &bent.into()), None, "byte {at} bit {bit}");
            }
            assert_eq!(sums.read(9, &Bytes::copy_from_slice(&whole[..at])), None, "{at}");
        }
        for length in [0, u32::MAX, u32::MAX - 19] {
            let mut bent = whole.clone();
            bent[16..20].copy_from_slice(&length.to_le_bytes());
            assert_eq!(sums.read(9, &bent.into()), None, "{length}");
        }
    }
}
