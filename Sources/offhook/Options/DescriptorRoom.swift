import SystemResources

/// Makes room for connections and files before a long-running command opens any.
enum DescriptorRoom {
    /// Raises the limit of open files to the most that the system allows.
    ///
    /// - Throws: a sentence, where that is too little to begin with.
    static func make() throws {
        let limit = DescriptorLimit.raise()
        guard limit >= DescriptorLimit.least else {
            throw CommandFailure(
                "Only \(limit) files and connections may be open at once, and Offhook needs \(DescriptorLimit.least) at least; allow more with LimitNOFILE of the service, or ulimit -n."
            )
        }
    }
}
