//! As much of protocol buffers as two small messages need.

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Value<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

/// Walks the fields of a message; what cannot be read ends it.
pub(in crate::exchange) fn fields(message: &[u8]) -> impl Iterator<Item = (u64, Value<'_>)> {
    let mut rest = message;
    std::iter::from_fn(move || {
        let tag = varint(&mut rest)?;
        let value = match tag & 7 {
            0 => Value::Number(varint(&mut rest)?),
            1 => Value::Bytes(taken(&mut rest, 8)?),
            2 => {
                let n_bytes = usize::try_from(varint(&mut rest)?).ok()?;
                Value::Bytes(taken(&mut rest, n_bytes)?)
            }
            5 => Value::Bytes(taken(&mut rest, 4)?),
            _ => return None,
        };
        Some((tag >> 3, value))
    })
}

/// Returns the last number of a field, which is the one that holds; 0 if there is none.
pub(in crate::exchange) fn number(message: &[u8], wanted: u64) -> u64 {
    let found = fields(message).filter_map(|(tag, value)| match value {
        Value::Number(number) if tag == wanted => Some(number),
        _ => None,
    });
    found.last().unwrap_or(0)
}

/// Returns the last text of a field; empty if there is none.
pub(in crate::exchange) fn text(message: &[u8], wanted: u64) -> String {
    let found = fields(message).filter_map(|(tag, value)| match value {
        Value::Bytes(bytes) if tag == wanted => Some(bytes),
        _ => None,
    });
    found.last().map_or(String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn taken<'b>(rest: &mut &'b [u8], n_bytes: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(n_bytes)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_found_by_their_fields() {
        // 1: 1, 3: "css", 2: 150
        let message = b"\x08\x01\x1a\x03css\x10\x96\x01";
        assert_eq!((number(message, 1), number(message, 2), number(message, 9)), (1, 150, 0));
        assert_eq!(text(message, 3), "css");
    }

    #[test]
    fn a_message_that_is_cut_off_ends_quietly() {
        for message in
            [&b"\x1a\xff\xff\xff\xff\x0fx"[..], b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", b"\x0c", b"\x08"]
        {
            assert_eq!(fields(message).count(), 0);
        }
    }
}
