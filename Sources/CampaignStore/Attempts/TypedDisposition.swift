import Campaigns

extension Disposition {
    /// A callback needs no time, but a time needs a callback.
    ///
    /// - Throws: `StoreError.refused`.
    public func check(_ callback: CallbackTime?) throws {
        let isCallback = [.callbackAgent, .callbackAny].contains(dispositionClass)
        if callback != nil, !isCallback {
            throw StoreError.refused(
                "“\(label)” is no callback (its class is \(dispositionClass.rawValue)); leave out the time of the callback."
            )
        }
    }
}

extension Campaign {
    /// The disposition with a code, capitals ignored.
    ///
    /// - Throws: `StoreError.refused`, with all that there are.
    public func disposition(coded code: String) throws -> Disposition {
        if let found = dispositions.first(where: { $0.code.lowercased() == code.lowercased() }) { return found }
        let known = dispositions.map { "\($0.code) (\($0.label))" }.joined(separator: ", ")
        throw StoreError.refused(
            "Campaign \(name) has no disposition “\(code)”; it has \(known.isEmpty ? "none" : known).")
    }
}
