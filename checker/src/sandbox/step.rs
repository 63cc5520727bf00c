//! The steps on the way into the sandbox, each of which the host may refuse.

/// Names the steps once, for the enum, for messages, and for the way from a supervisor to the runner.
macro_rules! steps {
    ($($step:ident: $text:literal,)*) => {
        /// A step on the way into the sandbox.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Step { $($step),* }

        impl Step {
            const ALL: &[Step] = &[$(Step::$step),*];

            pub(super) fn text(self) -> &'static str {
                match self { $(Step::$step => $text),* }
            }
        }
    };
}

steps! {
    OpenProgram: "open the program's file",
    CopyProgram: "copy the program",
    ScratchDir: "make the scratch folder",
    Janitor: "start the janitor of the scratch folder",
    DropRoot: "change from root to an unprivileged user",
    ParentSignal: "arrange to die with the parent",
    UserNamespace: "create a user namespace",
    UserMaps: "write the user namespace's id maps",
    NetNamespace: "create network and mount namespaces",
    Loopback: "bring the loopback interface up",
    OpenTools: "open the compiler's folder",
    PrivateMounts: "make all mounts private",
    MountRoot: "mount the new root",
    FillRoot: "fill the new root",
    BindSystem: "bind the system's libraries",
    BindTools: "show the compiler's folder in the new root",
    SealRoot: "make the new root read-only",
    BindDevices: "bind the devices",
    MountScratch: "mount the scratch folder",
    Channel: "make pipes and sockets",
    Arguments: "take the program's arguments",
    CloneSupervisor: "start a supervisor in namespaces of its own",
    Supervisor: "hear from the supervisor",
    Session: "start a session",
    Signals: "receive signals by descriptor",
    Subreaper: "become the parent of orphans",
    CloseFiles: "close inherited descriptors",
    HostName: "set the host name",
    MountProc: "mount proc",
    PivotRoot: "change to the new root",
    CloneStudent: "start the program's process",
    StudentNamespace: "create the program's user namespace",
    StudentMaps: "write the id maps of the program's user namespace",
    Streams: "connect the standard streams",
    ResourceLimits: "set resource limits",
    Privileges: "give up all privileges",
    Bubblewrap: "start bubblewrap",
    Landlock: "restrict itself with Landlock",
    Filter: "install the system call filter",
    WorkingDir: "enter the working folder",
    Exec: "execute the program",
    Probe: "try a rung",
}

impl Step {
    pub(super) fn number(self) -> usize {
        self as usize
    }

    pub(super) fn from_number(number: usize) -> Option<Step> {
        Step::ALL.get(number).copied()
    }
}
