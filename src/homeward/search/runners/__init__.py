"""Where the blocks of a search are worked on: the threads of this machine, or a cluster."""
