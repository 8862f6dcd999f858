//! SHA-1 (FIPS 180-4), by which Anki finds notes with the same first field. It guards nothing here.

/// Returns the first four bytes of the digest as a number.
pub(in crate::exchange) fn checksum(text: &str) -> u32 {
    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let mut message = text.as_bytes().to_vec();
    let n_bits = u64::try_from(message.len()).unwrap_or(0).wrapping_mul(8);
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend(n_bits.to_be_bytes());
    for block in message.chunks_exact(64) {
        mix(&mut state, block);
    }
    state[0]
}

fn mix(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0_u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    for t in 16..80 {
        words[t] = (words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16]).rotate_left(1);
    }
    // The standard's a, b, c, d and e.
    let mut own = *state;
    for (t, word) in words.iter().enumerate() {
        let [_, x, y, z, last] = own;
        let (mixed, constant) = match t {
            0..20 => ((x & y) | (!x & z), 0x5a82_7999),
            20..40 => (x ^ y ^ z, 0x6ed9_eba1),
            40..60 => ((x & y) | (x & z) | (y & z), 0x8f1b_bcdc),
            _ => (x ^ y ^ z, 0xca62_c1d6_u32),
        };
        let rotated = own[0].rotate_left(5);
        let next = rotated.wrapping_add(mixed).wrapping_add(last).wrapping_add(constant).wrapping_add(*word);
        own = [next, own[0], x.rotate_left(30), y, z];
    }
    for (before, new) in state.iter_mut().zip(own) {
        *before = before.wrapping_add(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_published_one() {
        // FIPS 180-4 examples: "abc", the empty message, and one of two blocks.
        assert_eq!(checksum("abc"), 0xa999_3e36);
        assert_eq!(checksum(""), 0xda39_a3ee);
        assert_eq!(checksum("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), 0x8498_3e44);
    }
}
