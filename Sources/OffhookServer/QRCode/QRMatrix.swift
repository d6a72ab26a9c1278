/// The modules of a QR code as they are drawn: the patterns that a reader finds it by, the format, and the data under a mask.
struct QRMatrix {
    private let version: QRVersion
    private var modules: [[Bool]]
    /// Where patterns and formats are, and no data.
    private var isTaken: [[Bool]]

    /// The modules of codewords under a mask.
    static func drawn(_ words: [UInt8], _ version: QRVersion, mask: Int) -> [[Bool]] {
        var matrix = QRMatrix(version)
        matrix.drawPatterns()
        matrix.drawFormat(mask)
        matrix.drawVersion()
        matrix.drawData(words, mask)
        return matrix.modules
    }

    private init(_ version: QRVersion) {
        self.version = version
        let row = [Bool](repeating: false, count: version.size)
        modules = Array(repeating: row, count: version.size)
        isTaken = modules
    }

    private var size: Int { version.size }

    private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
        modules[y][x] = isDark
        isTaken[y][x] = true
    }

    private mutating func drawPatterns() {
        for index in 0..<size {
            set(6, index, index % 2 == 0)
            set(index, 6, index % 2 == 0)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        let places = version.alignments
        for (column, x) in places.enumerated() {
            for (row, y) in places.enumerated() {
                let last = places.count - 1
                // Where the finders are.
                if (column == 0 && row == 0) || (column == 0 && row == last) || (column == last && row == 0) {
                    continue
                }
                for down in -2...2 {
                    for right in -2...2 { set(x + right, y + down, max(abs(right), abs(down)) != 1) }
                }
            }
        }
    }

    /// A finder with the light edge around it.
    private mutating func drawFinder(_ x: Int, _ y: Int) {
        for down in -4...4 {
            for right in -4...4 {
                let (column, row) = (x + right, y + down)
                guard (0..<size).contains(column), (0..<size).contains(row) else { continue }
                let distance = max(abs(right), abs(down))
                set(column, row, distance != 2 && distance != 4)
            }
        }
    }

    /// Level M and the mask, twice, with ten bits to correct errors by.
    private mutating func drawFormat(_ mask: Int) {
        // Level M is 00.
        let data = mask
        var rest = data
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (data << 10 | rest) ^ 0x5412
        let bit = { (index: Int) in bits >> index & 1 == 1 }
        for index in 0...5 { set(8, index, bit(index)) }
        set(8, 7, bit(6))
        set(8, 8, bit(7))
        set(7, 8, bit(8))
        for index in 9..<15 { set(14 - index, 8, bit(index)) }
        for index in 0..<8 { set(size - 1 - index, 8, bit(index)) }
        for index in 8..<15 { set(8, size - 15 + index, bit(index)) }
        set(8, size - 8, true)
    }

    /// The version, twice, from 7 on.
    private mutating func drawVersion() {
        guard version.number >= 7 else { return }
        var rest = version.number
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
        let bits = version.number << 12 | rest
        for index in 0..<18 {
            let isDark = bits >> index & 1 == 1
            let (long, short) = (size - 11 + index % 3, index / 3)
            set(long, short, isDark)
            set(short, long, isDark)
        }
    }

    /// In columns of two, from the right, up and down in turns.
    private mutating func drawData(_ words: [UInt8], _ mask: Int) {
        var index = 0
        var right = size - 1
        while right >= 1 {
            if right == 6 { right = 5 }
            let isUpward = (right + 1) & 2 == 0
            for step in 0..<size {
                for x in [right, right - 1] {
                    let y = isUpward ? size - 1 - step : step
                    guard !isTaken[y][x] else { continue }
                    // Bits that are left over are light.
                    let isDark = index < words.count * 8 && words[index / 8] >> (7 - index % 8) & 1 == 1
                    modules[y][x] = isDark != Self.inverts(mask, x, y)
                    index += 1
                }
            }
            right -= 2
        }
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}

/// How hard a pattern is to read: long runs, blocks, what looks like a finder, and too much of one color.
enum QRPenalty {
    static func of(_ modules: [[Bool]]) -> Int {
        let size = modules.count
        let columns = (0..<size).map { x in modules.map { $0[x] } }
        var penalty = (modules + columns).reduce(0) { $0 + runs($1) + finders($1) }
        for y in 0..<(size - 1) {
            for x in 0..<(size - 1) {
                let color = modules[y][x]
                if modules[y][x + 1] == color, modules[y + 1][x] == color, modules[y + 1][x + 1] == color {
                    penalty += 3
                }
            }
        }
        let dark = modules.reduce(0) { $0 + $1.count { $0 } }
        return penalty + abs(dark * 20 - size * size * 10) / (size * size) * 10
    }

    private static func runs(_ line: [Bool]) -> Int {
        var penalty = 0
        var start = 0
        for index in 1...line.count where index == line.count || line[index] != line[start] {
            if index - start >= 5 { penalty += 3 + index - start - 5 }
            start = index
        }
        return penalty
    }

    private static let likeFinder: [[Bool]] = [
        [true, false, true, true, true, false, true, false, false, false, false],
        [false, false, false, false, true, false, true, true, true, false, true],
    ]

    private static func finders(_ line: [Bool]) -> Int {
        (0...(line.count - 11)).reduce(0) { penalty, start in
            penalty + (likeFinder.contains(Array(line[start..<(start + 11)])) ? 40 : 0)
        }
    }
}
