/// How one phone behaves, as a device and as a web server. The defaults are a well-behaved phone.
///
/// Changes made while the phone runs hold from the next request, key or call on.
public struct PhoneBehaviour: Sendable, Equatable {
    // MARK: The web server

    /// Real seconds from a request's turn to its answer. A phone serves one request at a time.
    public var latency = 0.0
    /// Real seconds added to the latency at most, drawn evenly for each request.
    public var jitter = 0.0
    /// Close the connection after each answer.
    public var closesAfterAnswer = false
    /// Speak HTTP/1.0: no length is given and the connection's end is the answer's.
    public var speaksHTTP10 = false
    /// The Content-Type of every JSON answer. Phones often say text/plain or text/html.
    public var contentType = "text/plain"
    /// What it shows over https; nil: it speaks plain http.
    public var certificate: SimulatedCertificate?
    /// What goes wrong, and how often. The first fault that is due wins.
    public var faults: [RequestFault] = []
    /// Switched off: connections are refused.
    public var poweredOff = false
    /// Virtual seconds from the answer to REBOOT or RESET until the phone listens again.
    public var rebootSeconds = 60.0

    // MARK: Access

    /// The form of the answer to a wrong passcode.
    public var wrongPasscodeAnswer = WrongPasscodeAnswer.guideFailed
    /// Wrong passcodes in a row after which even the right one is refused as locked; nil: never.
    public var locksAfterWrongPasscodes: Int?
    /// Virtual seconds such a lock lasts.
    public var lockSeconds = 300.0
    /// The answer to functions that the phone does not have.
    public var unknownFunctionAnswer = UnknownFunctionAnswer.guideFailed

    // MARK: Calls

    /// Whether the account is registered. Without it api-make_call is an "Invalid Request" and SEND fails at once.
    public var registered = true
    /// Whether api-make_call is switched on (Click-To-Dial); if not, it is an "Invalid Request".
    public var takesMakeCall = true
    /// Virtual seconds a line shows `failed`; 0: it is not shown; nil: until the line is told otherwise.
    public var failedShows: Double? = 3
    /// Whether `cancel` clears a line that shows `failed`; `endcall` always does.
    public var cancelClearsFailed = true
    /// Whether `endcall` also ends a call that still rings at the far end.
    public var endcallEndsCalling = false
    /// Virtual seconds between two keys of the queue, and before the first.
    public var keyDelay = 0.02
    /// Virtual seconds between the answer to a hold or resume and the change of the line.
    public var holdDelay = 0.005
    /// Virtual seconds of talk after which the person at the phone hangs up; nil: never.
    public var agentHangsUpAfter: Double?
    /// Virtual seconds after which the person at the phone gives up an outgoing call still ringing; nil: never.
    public var callerGivesUpAfter: Double?

    // MARK: Words

    /// Whether `acct` in the line status is a number, as on real phones, in place of the guide's string.
    public var acctIsNumber = false
    /// Whether api-get_phone_status says `ringing` (seen on phones) where the guide has only `available` and `busy`.
    public var showsRingingStatus = false
    /// The word for an outgoing call that nobody has answered. Phones say `calling`; some are told to say `ringing` once the far end
    /// rings, which is the word for an incoming call.
    public var callingWord = SimulatedLineState.calling.rawValue
    /// Whether a GXP line shows the number that it calls.
    public var showsNumberCalled = true
    /// The words of a DP base's lines.
    public var handsetWords = HandsetLineWords.gxp
    /// Refuse the keys that the guide's table does not show for this family (no `SEND` on a DP, for instance).
    public var strictKeys = false

    /// A well-behaved phone.
    public init() {}
}
