"""drivers/rtc: Clocks."""
