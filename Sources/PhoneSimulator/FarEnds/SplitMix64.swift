/// A small seeded generator (Steele, Lea and Flood, 2014): the same seed gives the same draws on every machine.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Mixes `seed` with `words`, so that each phone and each number has a sequence of its own.
    init(seed: UInt64, words: String = "", count: Int = 0) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in words.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        state = seed &* 0x9e37_79b9_7f4a_7c15 ^ hash
        state ^= next() &+ UInt64(bitPattern: Int64(count)) &* 0xd1b5_4a32_d192_ed03
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 up to, not including, 1.
    mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}
