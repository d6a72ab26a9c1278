/// The answers of the vendor's guide, with its spacing and line ends.
enum GuideAnswers {
    static let lineStatus = """
        {"response":"success", "body": [{"line": 1, "state": "idle", 
        "acct": "", "remotename": "", "remotenumber": "", "active": 
        0}, {"line": 2, "state": "idle", "acct": "", "remotename": "", 
        "remotenumber": "", "active": 0}, {"line": 3, "state": "idle", 
        "acct": "", "remotename": "", "remotenumber": "", "active": 
        0}]}
        """
    static let phoneAvailable = #"{"response":"success", "body": "available", "misc": "0"}"#
    static let phoneBusy = #"{"response":"success", "body": "busy", "misc": "0"}"#
    static let accountRegistered = """
        { "response": "success", "Account1": { "Registered": 1, 
        "Profile": 1, "Active": 1, "HSMode": "HS1" } }
        """
    static let accountNotRegistered = """
        { "response": "success", "Account1": { "Registered": 0, 
        "Profile": 1, "Active": 0, "HSMode": "HS1" } }
        """
    static let handsetPaired = """
        { "response": "success", "HS1": { "initialized": 1, 
        "subscribed": 1, "status": "idle" } }
        """
    static let handsetNotPaired = """
        { "response": "success", "HS1": { "initialized": 0, 
        "subscribed": 0, "status": "" } }
        """
    static let handsetLineStatus = """
        { "response": "success", "HS1": { "Line1": { "Status": "idle", 
        "Account": 1, "Registered": 1, "Active": 1 }, "Line2": { 
        "Status": "idle", "Account": 0, "Registered": 0, "Active": 0 
        }, "Line3": { "Status": "idle", "Account": 0, "Registered": 0, 
        "Active": 0 }, "Line4": { "Status": "idle", "Account": 0, 
        "Registered": 0, "Active": 0 }, "Line5": { "Status": "idle", 
        "Account": 0, "Registered": 0, "Active": 0 }, "Line6": { 
        "Status": "idle", "Account": 0, "Registered": 0, "Active": 0 
        }, "Line7": { "Status": "idle", "Account": 0, "Registered": 0, 
        "Active": 0 }, "Line8": { "Status": "idle", "Account": 0, 
        "Registered": 0, "Active": 0 }, "Line9": { "Status": "idle", 
        "Account": 0, "Registered": 0, "Active": 0 }, "Line10": { 
        "Status": "idle", "Account": 0, "Registered": 0, "Active": 0 } 
        } }
        """
    static let accepted = #"{"response": "success", "body": true}"#
    static let notAccepted = #"{"response": "error", "body": false}"#
    static let complete = #"{"response":"success", "body": "complete"}"#
    static let failed = #"{"response":"error", "body": "failed"}"#
    static let unknown = #"{"response":"error", "body": "unknown"}"#
    static let saveReboot = #"{"response":"success", "body": "savereboot"}"#
    static let directReboot = #"{"response":"success", "body": "directreboot"}"#
    static let reset = #"{"response":"success", "body": "reset"}"#
}
