/// One request as it stands in the URL, all but the passcode, so that it may be printed.
struct CommandRequest: Sendable, Hashable {
    struct Argument: Sendable, Hashable {
        let name: String
        /// Percent-encoded already.
        let value: String

        init(_ name: String, _ value: Int) {
            self.name = name
            self.value = String(value)
        }

        init(_ name: String, encoded value: String) {
            self.name = name
            self.value = value
        }
    }

    let function: CTIFunction
    let arguments: [Argument]

    /// The path of the guide's chapter "Request format".
    var path: String { "/cgi-bin/\(function.rawValue)" }

    /// The query with the passcode in front, as in every example of the guide.
    func query(with passcode: Passcode) -> String {
        let first = Argument("passcode", encoded: PercentEncoding.encode(passcode.clear))
        return ([first] + arguments).map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}
