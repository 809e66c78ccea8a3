"""What this PC has and allows, as `lovhe doctor` asks it: USB, drivers, ports, programs, disk, clock."""
