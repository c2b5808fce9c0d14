//! Decompressing gzip piece by piece.

use std::io::{self, Write};
use std::mem;

use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;

/// The largest size of a piece.
const PIECE: usize = 64 * 1024;

/// Decompresses gzip, piece by piece.
///
/// It holds one piece of input and a little more than 64 KiB of output, however well the input is
/// compressed.
///
/// All members are read. Anything else behind a member is an error, since it cannot be told from a
/// damaged member, and skipping that would lose data unnoticed.
#[derive(Debug)]
pub(crate) struct Gunzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    input: Bytes,
    output: Bytes,
    begun: bool,
}

impl Default for Gunzip {
    fn default() -> Self {
        Self {
            decoder: MultiGzDecoder::new(Vec::new()),
            input: Bytes::new(),
            output: Bytes::new(),
            begun: false,
        }
    }
}

impl Gunzip {
    /// Creates a decoder.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece of input. Call it when [`piece`](Self::piece) returns `None`.
    pub(crate) fn push(&mut self, input: Bytes) {
        debug_assert!(self.input.is_empty(), "the last input was not used up");
        self.begun |= !input.is_empty();
        self.input = input;
    }

    /// Returns the next piece of output, or `None` if that needs more input.
    ///
    /// # Errors
    ///
    /// If the input is not gzip. The decoder cannot be used after that.
    pub(crate) fn piece(&mut self) -> io::Result<Option<Bytes>> {
        if self.output.is_empty() && !self.input.is_empty() {
            while !self.input.is_empty() && self.decoder.get_ref().len() < PIECE {
                let used = self.decoder.write(&self.input)?;
                if used == 0 {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                self.input.advance(used);
            }
            if self.input.is_empty() {
                // Yields what has arrived, as the next input may be a long time coming.
                self.decoder.flush()?;
            }
            self.output = mem::take(self.decoder.get_mut()).into();
        }
        let length = self.output.len().min(PIECE);
        Ok((length > 0).then(|| self.output.split_to(length)))
    }

    /// Checks that the input is complete. [`piece`](Self::piece) returns the rest of the output then.
    ///
    /// No input at all is complete.
    ///
    /// # Errors
    ///
    /// If the input is cut off, or its checksum or length is wrong.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        if self.begun {
            self.decoder.try_finish()?;
            self.output = mem::take(self.decoder.get_mut()).into();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn compress(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    /// Decompresses input that comes in pieces of this size.
    fn decompress(input: &[u8], size: usize) -> io::Result<Vec<u8>> {
        let mut gunzip = Gunzip::new();
        let mut output = Vec::new();
        for input in input.chunks(size) {
            gunzip.push(Bytes::copy_from_slice(input));
            while let Some(piece) = gunzip.piece()? {
                assert!(piece.len() <= PIECE);
                output.extend_from_slice(&piece);
            }
        }
        gunzip.finish()?;
        while let Some(piece) = gunzip.piece()? {
            output.extend_from_slice(&piece);
        }
        Ok(output)
    }

    /// Text that compresses, but not to nothing.
    fn text() -> Vec<u8> {
        (0..20_000_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_string().into_bytes())
            .collect()
    }

    #[test]
    fn input_may_be_cut_anywhere() {
        let compressed = compress(&text());
        for size in [1, 2, 7, 1000, usize::MAX] {
            assert_eq!(decompress(&compressed, size).unwrap(), text(), "{size}");
        }
    }

    #[test]
    fn members_that_follow_each_other_are_all_read() {
        let both = [compress(b"one, "), compress(b"two")].concat();
        for size in [1, 5, usize::MAX] {
            assert_eq!(decompress(&both, size).unwrap(), b"one, two");
        }
    }

    #[test]
    fn no_input_is_no_output() {
        assert_eq!(decompress(b"", 1).unwrap(), b"");
    }

    #[test]
    fn an_empty_gzip_file_has_no_output() {
        assert_eq!(decompress(&compress(b""), usize::MAX).unwrap(), b"");
    }

    #[test]
    fn gzip_truncated_anywhere_is_an_error() {
        let compressed = compress(b"a body that is long enough to be cut");
        for length in 1..compressed.len() {
            assert!(
                decompress(&compressed[..length], usize::MAX).is_err(),
                "{length}"
            );
        }
    }

    #[test]
    fn a_wrong_checksum_is_an_error() {
        let mut compressed = compress(b"body");
        let at = compressed.len() - 8;
        compressed[at] ^= 1;
        assert!(decompress(&compressed, usize::MAX).is_err());
    }

    #[test]
    fn invalid_gzip_is_an_error() {
        assert!(decompress(b"{\"type\":\"contact\"}", usize::MAX).is_err());
        assert!(decompress(b"{", usize::MAX).is_err());
    }

    #[test]
    fn garbage_behind_a_member_is_an_error() {
        let mut compressed = compress(b"body");
        compressed.extend_from_slice(b"garbage");
        assert!(decompress(&compressed, usize::MAX).is_err());
        assert!(decompress(&compressed, 1).is_err());
    }

    #[test]
    fn output_is_returned_before_more_input_is_read() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"first").unwrap();
        encoder.flush().unwrap();
        let mut gunzip = Gunzip::new();
        gunzip.push(encoder.get_ref().clone().into());
        assert_eq!(gunzip.piece().unwrap().unwrap(), "first");
    }

    #[test]
    fn a_gzip_bomb_is_decompressed_piece_by_piece() {
        let bomb = compress(&vec![0; 16 << 20]);
        let mut gunzip = Gunzip::new();
        gunzip.push(bomb.into());
        let mut total = 0;
        while let Some(piece) = gunzip.piece().unwrap() {
            assert!(piece.len() <= PIECE);
            assert!(gunzip.output.len() <= 2 * PIECE);
            total += piece.len();
        }
        gunzip.finish().unwrap();
        assert_eq!(total, 16 << 20);
    }
}
