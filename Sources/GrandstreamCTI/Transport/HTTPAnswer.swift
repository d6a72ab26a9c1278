/// An HTTP answer as it came, whole.
struct HTTPAnswer: Sendable, Hashable {
    let status: Int
    /// Where a redirect points; it is never followed.
    let location: String?
    let body: [UInt8]

    init(status: Int, location: String? = nil, body: [UInt8]) {
        self.status = status
        self.location = location
        self.body = body
    }
}
