/// A fault that strikes every n-th request of a phone.
public struct RequestFault: Sendable, Equatable {
    /// What goes wrong.
    public enum Kind: Sendable, Equatable {
        /// The connection closes before the command acts; nothing is answered.
        case drop
        /// The command acts, then the connection closes without an answer.
        case lose
        /// The answer never comes and the connection stays open; whether the command acts is told.
        case stall(commandActs: Bool)
        /// The command acts, and the connection closes in the middle of the answer.
        case cut
        /// The command acts, and an HTML page with status 200 comes in place of the answer.
        case html
        /// The command acts, and only the first half of the answer's JSON comes, as if it were the whole.
        case truncatedJSON
        /// The connection is reset before the command acts.
        case reset
        /// The command acts, and the answer comes byte by byte, one every `seconds` of real time.
        case drip(seconds: Double)
        /// The command acts, and JSON comes that is no CTI answer.
        case wrongJSON
        /// The command acts, and a CTI answer comes whose fields have other types than the guide's.
        case wrongTypes
        /// The command acts, and an answer of that many bytes comes.
        case huge(bytes: Int)
        /// The command does not act; the client is sent to another address.
        case redirect(to: String)
        /// The command does not act; the answer is a success whose body says `unauthorized`.
        case unauthorized
        /// The command does not act; the answer is an error that repeats the request's URL, passcode included, as a page or
        /// as JSON.
        case echo(asJSON: Bool)
        /// This JSON comes in place of the right answer, such as a success with an error in its body; whether the command acts is told.
        case otherAnswer(String, commandActs: Bool)

        var word: String {
            switch self {
            case .drop: "drop"
            case .lose: "lose"
            case .stall: "stall"
            case .cut: "cut"
            case .html: "html"
            case .truncatedJSON: "truncated_json"
            case .reset: "reset"
            case .drip: "drip"
            case .wrongJSON: "wrong_json"
            case .wrongTypes: "wrong_types"
            case .huge: "huge"
            case .redirect: "redirect"
            case .unauthorized: "unauthorized"
            case .echo: "echo"
            case .otherAnswer: "other_answer"
            }
        }

        var letsTheCommandAct: Bool {
            switch self {
            case .drop, .stall(commandActs: false), .reset, .redirect, .unauthorized, .echo,
                .otherAnswer(_, commandActs: false):
                false
            default: true
            }
        }
    }

    /// What goes wrong.
    public var kind: Kind
    /// 1 strikes every matching request, 3 the third, sixth, ...; less than 1 counts as 1.
    public var every: Int
    /// The functions it strikes and counts, for instance `api-send_key`; empty means all.
    public var functions: Set<String>
    /// How often it strikes at most; nil means without end.
    public var times: Int?

    /// A fault that strikes every `every`-th request to one of `functions`, at most `times` times.
    public init(_ kind: Kind, every: Int = 1, functions: Set<String> = [], times: Int? = nil) {
        self.kind = kind
        self.every = every
        self.functions = functions
        self.times = times
    }
}

/// Counts requests against a phone's faults.
struct FaultSchedule: Sendable {
    private var seen: [Int] = []
    private var struck: [Int] = []

    /// The fault that strikes this request: where several are due, the first listed.
    mutating func strike(function: String, faults: [RequestFault]) -> RequestFault.Kind? {
        if seen.count != faults.count {
            seen = Array(repeating: 0, count: faults.count)
            struck = seen
        }
        var striking: Int?
        for (index, fault) in faults.enumerated()
        where fault.functions.isEmpty || fault.functions.contains(function) {
            seen[index] += 1
            let due = seen[index].isMultiple(of: max(1, fault.every)) && struck[index] < fault.times ?? .max
            if due, striking == nil { striking = index }
        }
        guard let striking else { return nil }
        struck[striking] += 1
        return faults[striking].kind
    }
}
