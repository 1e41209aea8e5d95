"""What modules have to do with each other, with files, devices and configuration: what an image needs, who brings a
module in and what keeps it out, and the graph of all that.
"""
