/// A QR code of a text: byte mode, error correction level M, versions 1 to 10, as ISO/IEC 18004 describes them.
///
/// That is all that the address of a second factor needs, up to 213 bytes.
struct QRCode: Sendable, Hashable {
    /// 1 to 10.
    let version: Int
    /// Which of the eight patterns is laid over the data, 0 to 7.
    let mask: Int
    /// The rows from above, each from the left; true is dark.
    let modules: [[Bool]]

    /// How many modules a side has.
    var size: Int { modules.count }

    /// The code of a text; nil where it is too long.
    ///
    /// - Parameter mask: 0 to 7; nil for the one that is easiest to read.
    init?(_ text: String, mask: Int? = nil) {
        let bytes = Array(text.utf8)
        guard let version = (1...10).first(where: { bytes.count <= QRVersion($0).byteCapacity }) else { return nil }
        self.version = version
        let codewords = QRCodewords.of(bytes, QRVersion(version))
        let drawn = (mask.map { [$0] } ?? Array(0...7)).map { mask in
            (mask, QRMatrix.drawn(codewords, QRVersion(version), mask: mask))
        }
        let best = drawn.min { QRPenalty.of($0.1) < QRPenalty.of($1.1) } ?? drawn[0]
        (self.mask, modules) = best
    }

    /// A picture: dark on white whatever the page's colors, since readers expect that, with the quiet edge of four modules.
    var svg: String {
        var path = ""
        for (y, row) in modules.enumerated() {
            var x = 0
            while x < row.count {
                let start = x
                while x < row.count, row[x] == row[start] { x += 1 }
                if row[start] { path += "M\(start + 4) \(y + 4)h\(x - start)v1h-\(x - start)z" }
            }
        }
        let side = size + 8
        return """
            <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="QR code for the authenticator app" shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
            """
    }
}

/// What the standard says of a version at level M.
struct QRVersion: Sendable {
    let number: Int

    init(_ number: Int) { self.number = number }

    /// Error correction codewords of each block, by version.
    private static let correction = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
    /// Blocks, by version.
    private static let blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5]
    /// Codewords in all, by version.
    private static let totals = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346]
    /// Where the middles of alignment patterns are, by version.
    private static let alignments: [[Int]] = [
        [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
    ]

    var size: Int { 17 + 4 * number }
    var correctionWords: Int { Self.correction[number - 1] }
    var blocks: Int { Self.blockCounts[number - 1] }
    var totalWords: Int { Self.totals[number - 1] }
    var dataWords: Int { totalWords - blocks * correctionWords }
    var alignments: [Int] { Self.alignments[number - 1] }
    /// Bits that say how long the text is.
    var lengthBits: Int { number < 10 ? 8 : 16 }
    /// Most bytes of a text.
    var byteCapacity: Int { (dataWords * 8 - 4 - lengthBits) / 8 }
}
