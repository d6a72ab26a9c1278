/// What strains the database of a running dialer.
enum Pressure: Sendable, CustomStringConvertible {
    /// Another program holds the write lock for so many milliseconds.
    case foreignLock(Int)
    /// A list of so many rows is imported.
    case list(Int)
    /// A registry's file of so many numbers is loaded.
    case registry(Int)
    /// A list of so many rows is imported and taken back.
    case undo(Int)
    /// A person is erased beside an export whose reader does not read.
    case erasure
    /// The disk is full, and is freed again.
    case fullDisk
    /// So many commands at once, again and again for so many rounds.
    case commands(Int, rounds: Int)

    /// How long nobody could be dialed however good the dialer is, in milliseconds.
    var standstill: Int {
        switch self {
        case .foreignLock(let milliseconds): milliseconds
        case .fullDisk: 4000
        default: 0
        }
    }

    var description: String {
        switch self {
        case .foreignLock(let milliseconds): "another program's lock of \(milliseconds) ms"
        case .list(let rows): "import of \(rows) rows"
        case .registry(let rows): "dnc import of \(rows) numbers"
        case .undo(let rows): "undo of \(rows) rows"
        case .erasure: "erase beside a waiting export"
        case .fullDisk: "disk full and freed"
        case .commands(let count, let rounds): "\(count) commands at once, \(rounds) rounds"
        }
    }
}
