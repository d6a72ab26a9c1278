/// The codewords of a QR code: the text with its header and padding, and Reed-Solomon codewords to correct errors by.
enum QRCodewords {
    /// Data and correction, in the order in which they are drawn.
    static func of(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        let blocks = split(data(bytes, version), version)
        let generator = generator(degree: version.correctionWords)
        let corrections = blocks.map { remainder($0, generator) }
        var words: [UInt8] = []
        for index in 0..<(blocks.map(\.count).max() ?? 0) {
            for block in blocks where index < block.count { words.append(block[index]) }
        }
        for index in 0..<version.correctionWords { words += corrections.map { $0[index] } }
        return words
    }

    /// The text in byte mode, filled up to all that the version holds.
    private static func data(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        var bits: [Bool] = []
        let add = { (value: Int, count: Int) in
            for bit in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> bit & 1 == 1) }
        }
        add(0b0100, 4)
        add(bytes.count, version.lengthBits)
        for byte in bytes { add(Int(byte), 8) }
        add(0, min(4, version.dataWords * 8 - bits.count))
        if bits.count % 8 > 0 { add(0, 8 - bits.count % 8) }
        var words = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<(start + 8)].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var isFirst = true
        while words.count < version.dataWords {
            words.append(isFirst ? 0xEC : 0x11)
            isFirst.toggle()
        }
        return words
    }

    /// The blocks, the shorter ones first.
    private static func split(_ data: [UInt8], _ version: QRVersion) -> [[UInt8]] {
        let short = data.count / version.blocks
        let longer = data.count % version.blocks
        var start = 0
        return (0..<version.blocks).map { index in
            let length = short + (index >= version.blocks - longer ? 1 : 0)
            defer { start += length }
            return Array(data[start..<(start + length)])
        }
    }

    /// A product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1.
    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var result = 0
        for bit in stride(from: 7, through: 0, by: -1) {
            result = result << 1 ^ (result >> 7) * 0x11D
            if right >> bit & 1 == 1 { result ^= Int(left) }
        }
        return UInt8(result)
    }

    /// The generator polynomial without its leading 1, the highest power first.
    private static func generator(degree: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: degree - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                result[index] = product(result[index], root)
                if index + 1 < degree { result[index] ^= result[index + 1] }
            }
            root = product(root, 2)
        }
        return result
    }

    private static func remainder(_ data: [UInt8], _ generator: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for index in result.indices { result[index] ^= product(generator[index], factor) }
        }
        return result
    }
}
